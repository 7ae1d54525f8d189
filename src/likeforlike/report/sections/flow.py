"""From the list to the analysis, and how well people were found in the records."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.disclosure.release import FlowRow
from likeforlike.report.charts import Figure, flow_figure
from likeforlike.report.charts.flow import FlowBar
from likeforlike.report.numbers import people, percent
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table


@dataclass(frozen=True, slots=True)
class FlowSection:
    """Bars and table of the flow; the bars are missing when every count is hidden."""

    figure: Figure | None
    table: PageTable


def flow(context: Context) -> FlowSection | None:
    """The flow of a release, if it has one."""
    return FlowSection(_figure(context), _table(context)) if context.release.flow else None


def linkage(context: Context) -> PageTable | None:
    """How well the list was found in the records, overall and by group."""
    text, rows = context.text, context.release.linkage
    if not rows:
        return None
    columns = [text(f"linkage.{c}") for c in ("group", "submitted", "found")]
    hidden = text("shared.hidden")
    found = [hidden if r.found_percent is None else percent(r.found_percent) for r in rows]
    cells = [(r.label, _count(r.submitted, context), f) for r, f in zip(rows, found, strict=True)]
    return page_table(text("linkage.caption"), columns, cells, numeric=(1, 2))


def _figure(context: Context) -> Figure | None:
    text, rows = context.text, context.release.flow
    bars = [
        FlowBar(_bar_text(row, i == 0, context), row.remaining, people(row.remaining))
        for i, row in enumerate(rows)
        if row.remaining is not None
    ]
    if not bars:
        return None
    title = text("flow.figure_title")
    alt = text("flow.alt", first=bars[0].written, last=bars[-1].written)
    return flow_figure(bars, headline=text("flow.figure_headline"), title=title, alt_text=alt)


def _bar_text(row: FlowRow, is_first: bool, context: Context) -> str:
    if is_first:
        return row.reason
    return context.text("flow.bar_lost", reason=row.reason, lost=_lost(row, context))


def _table(context: Context) -> PageTable:
    text, rows = context.text, context.release.flow
    columns = [text(f"flow.{c}") for c in ("step", "remaining", "lost", "percent")]
    none = text("shared.none")
    cells = [
        (
            r.reason,
            _count(r.remaining, context),
            _lost(r, context) if i else none,
            _share(r, context) if i else none,
        )
        for i, r in enumerate(rows)
    ]
    return page_table(text("flow.caption"), columns, cells, numeric=(1, 2, 3))


def _count(count: int | None, context: Context) -> str:
    return context.lab.disclosure.hidden_label if count is None else people(count)


def _lost(row: FlowRow, context: Context) -> str:
    return context.text("flow.few") if row.lost is None else people(row.lost)


def _share(row: FlowRow, context: Context) -> str:
    if row.lost_percent is None:
        return context.text("shared.hidden")
    if row.lost and row.lost_percent == 0:
        return context.text("shared.under_one_percent")
    return percent(row.lost_percent)
