"""Whether there are people with the same chances to compare with: the groups' scores, drawn and as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from likeforlike.disclosure.release import OverlapRow
from likeforlike.report.charts.figure import Figure
from likeforlike.report.charts.overlap import OverlapText, overlap_figure
from likeforlike.report.numbers import percent
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table

FARTHEST = 12.0
"""Logits beyond this are a chance of nothing or of all, to any reader."""


@dataclass(frozen=True, slots=True)
class OverlapSection:
    """What the groups have in common, in a chart and a table."""

    figure: Figure
    table: PageTable


def overlap(context: Context) -> OverlapSection | None:
    """The scores of a release, if it has any."""
    rows, text = context.release.overlap, context.text
    if not rows:
        return None
    names = tuple(_name(row, context) for row in rows)
    words = OverlapText(
        text("shared.took_part"), text("shared.similar"), text("overlap.pool"), text("overlap.axis")
    )
    before = percent(shared([(row.treatment, row.pool) for row in rows]))
    after = percent(shared([(row.treatment, row.comparison) for row in rows]))
    figure = overlap_figure(
        rows,
        names,
        words,
        headline=text("overlap.headline", before=before, after=after),
        title=text("overlap.title"),
        alt_text=text("overlap.alt", bands=str(len(rows)), before=before, after=after),
    )
    table = page_table(
        text("overlap.caption"),
        (text("overlap.band"), words.took_part, words.similar, words.pool),
        [
            (name, *(percent(figure) for figure in (row.treatment, row.comparison, row.pool)))
            for name, row in zip(names, rows, strict=True)
        ],
        numeric=(1, 2, 3),
    )
    return OverlapSection(figure, table)


def shared(pairs: Sequence[tuple[int, int]]) -> int:
    """What two groups have in common, in percent: the sum over bands of the smaller percentage."""
    return min(sum(min(pair) for pair in pairs), 100)


def chance(logit: float) -> str:
    """A logit as a percentage of two figures: −3 is 4.7%."""
    per_cent = 100 / (1 + math.exp(-max(min(logit, FARTHEST), -FARTHEST)))
    decimals = max(1 - math.floor(math.log10(per_cent)), 0)
    # Near 100% it is the rest that tells two bands apart.
    if per_cent > 90:
        decimals = max(1 - math.floor(math.log10(100 - per_cent)), 0)
    return percent(per_cent, decimals)


def _name(row: OverlapRow, context: Context) -> str:
    if row.low is None:
        return context.text("overlap.below", high=chance(row.high or 0.0))
    if row.high is None:
        return context.text("overlap.above", low=chance(row.low))
    return context.text("overlap.between", low=chance(row.low), high=chance(row.high))
