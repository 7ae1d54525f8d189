"""The same question asked in other ways: every estimate beside the primary one, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from likeforlike.disclosure.release import MeasureRow, OtherWay
from likeforlike.report.charts.figure import Figure
from likeforlike.report.charts.ranges import Range, ranges_figure
from likeforlike.report.numbers import fixed
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import Group, PageTable


@dataclass(frozen=True, slots=True)
class OthersSection:
    """How far the ways agree, the curve of the first headline measure, and all ways in a table."""

    sentences: tuple[str, ...]
    figure: Figure | None
    table: PageTable
    notes: tuple[str, ...]


def others(context: Context) -> OthersSection | None:
    """The other ways of a release, if it has any."""
    text, rows = context.text, context.release.others
    if not rows:
        return None
    headlines = {f.row.name: f.row for f in context.words.headlines}
    first = next((m for name, m in headlines.items() if any(r.measure == name for r in rows)), None)
    groups = tuple(
        Group(label, tuple(_cells(row, context) for row in members))
        for label, members in groupby(rows, key=lambda row: row.label)
    )
    columns = [text(f"others.{name}") for name in ("way", "estimate", "interval", "agrees")]
    return OthersSection(
        tuple(said for m in headlines.values() if (said := _agreement(m, rows, context))),
        _figure(first, rows, context) if first else None,
        PageTable(text("others.caption"), tuple(columns), frozenset({1, 2}), groups),
        tuple(text(f"others.{name}") for name in ("uncounted", "coarse")),
    )


def _agreement(measure: MeasureRow, rows: Sequence[OtherWay], context: Context) -> str:
    fair = [row for row in rows if row.measure == measure.name and row.counted]
    if not fair:
        return ""
    agreeing = sum(row.agrees for row in fair)
    words = "all_agree" if agreeing == len(fair) else "some_agree"
    return context.text(
        f"others.{words}", measure=measure.statistical_label, ways=str(len(fair)), agreeing=str(agreeing)
    )


def _figure(measure: MeasureRow, rows: Sequence[OtherWay], context: Context) -> Figure | None:
    text = context.text
    alike = [r for r in rows if r.measure == measure.name and r.scale == "difference"]
    if not alike or measure.difference is None or measure.conf_low is None or measure.conf_high is None:
        return None
    own = Range(text("others.own"), measure.conf_low, measure.difference, measure.conf_high, own=True)
    ranges = [own, *(Range(_short(r, context), r.conf_low, r.estimate, r.conf_high) for r in alike)]
    ranges.sort(key=lambda r: (r.estimate, r.low, r.label))
    spread = [fixed(v, measure.decimals) for v in (ranges[0].estimate, ranges[-1].estimate)]
    return ranges_figure(
        "other_ways",
        ranges,
        text("others.axis", unit=measure.unit),
        headline=_agreement(measure, rows, context),
        title=text("others.figure_title", measure=measure.statistical_label),
        alt_text=text(
            "others.alt", ways=str(len(ranges)), least=spread[0], most=spread[1], unit=measure.unit
        ),
    )


def _title(row: OtherWay, context: Context) -> str:
    return row.title if row.counted else f"{row.title} {context.text('others.mark')}"


def _short(row: OtherWay, context: Context) -> str:
    """The title without what it explains in brackets or after a comma: a chart has little room."""
    name = row.title.partition(" (")[0]
    return name if row.counted else f"{name.partition(',')[0]} {context.text('others.mark')}"


def _cells(row: OtherWay, context: Context) -> tuple[str, ...]:
    text = context.text
    low, estimate, high = (fixed(v, row.decimals) for v in (row.conf_low, row.estimate, row.conf_high))
    shown = text(f"others.{row.scale}_value", estimate=estimate, unit=row.unit)
    return (
        _title(row, context),
        shown,
        text("others.range", low=low, high=high),
        text("others.yes" if row.agrees else "others.no"),
    )
