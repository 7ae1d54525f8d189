"""Who could not be matched, and whether they differ from those who could."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.disclosure.release import LostRow
from likeforlike.report.numbers import fixed, percent, plain
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table


@dataclass(frozen=True, slots=True)
class LostSection:
    """A sentence about the largest difference, and every characteristic in a table."""

    sentence: str
    table: PageTable


def lost(context: Context) -> LostSection | None:
    """Those without a match in a release, if it says anything about them."""
    rows, text = context.release.lost, context.text
    if not rows:
        return None
    worst = max(rows, key=lambda row: abs(row.smd))
    said = text("lost.alike")
    if worst.smd:
        said = text(
            "lost.largest",
            name=_name(worst),
            lost=_figure(worst.lost, worst),
            matched=_figure(worst.matched, worst),
            smd=fixed(abs(worst.smd), 1),
        )
    columns = [text(f"lost.{name}") for name in ("characteristic", "matched", "lost", "smd")]
    table = page_table(
        text("lost.caption"),
        columns,
        [
            (_name(row), _figure(row.matched, row), _figure(row.lost, row), fixed(row.smd, 1))
            for row in sorted(rows, key=lambda row: (-abs(row.smd), row.label, row.level))
        ],
        numeric=(1, 2, 3),
    )
    return LostSection(said, table)


def _name(row: LostRow) -> str:
    return f"{row.label}: {row.level}" if row.level else row.label


def _figure(value: float, row: LostRow) -> str:
    return percent(value) if row.percent else plain(value)
