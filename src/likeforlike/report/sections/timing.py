"""How soon it happened in each group: a chart and its table for each measure that has a protected curve."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from likeforlike.disclosure.release import TimingRow
from likeforlike.report.charts.figure import Figure
from likeforlike.report.charts.timing import TimingText, timing_figure
from likeforlike.report.numbers import percent, plain
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table


@dataclass(frozen=True, slots=True)
class Curve:
    """One measure's chart, and the same figures as a table."""

    figure: Figure
    table: PageTable


@dataclass(frozen=True, slots=True)
class TimingSection:
    """A curve for each measure."""

    curves: tuple[Curve, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(curve.figure for curve in self.curves)


def timing(context: Context) -> TimingSection | None:
    """The curves of a release, if it has any."""
    groups = groupby(context.release.timing, key=lambda row: row.measure)
    curves = tuple(_curve(tuple(rows), context) for _, rows in groups)
    return TimingSection(curves) if curves else None


def _curve(rows: tuple[TimingRow, ...], context: Context) -> Curve:
    text, first = context.text, rows[0]
    took_part, similar = text("shared.took_part"), text("shared.similar")
    told = {name: _said(row, context) for name, row in (("middle", _middle(rows)), ("last", rows[-1]))}
    figure = timing_figure(
        f"timing_{first.measure}",
        rows,
        TimingText(took_part, similar, text("timing.days"), text("timing.percent")),
        headline=told["middle"],
        title=text("timing.title", label=first.label),
        alt_text=text("timing.alt", **told),
    )
    table = page_table(
        text("timing.caption", label=first.label),
        (text("timing.day"), took_part, similar),
        [(plain(row.day), percent(row.treatment), percent(row.comparison)) for row in rows],
        numeric=(1, 2),
    )
    return Curve(figure, table)


def _middle(rows: tuple[TimingRow, ...]) -> TimingRow:
    """The day nearest to half of the time."""
    return min(rows[:-1] or rows, key=lambda row: abs(2 * row.day - rows[-1].day))


def _said(row: TimingRow, context: Context) -> str:
    return context.text(
        "timing.said",
        day=plain(row.day),
        treatment=percent(row.treatment),
        comparison=percent(row.comparison),
    )
