"""Sub-groups of the plan, each beside everyone else on the list."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.disclosure.release import MeasureRow, SubAnalysis
from likeforlike.report.charts.figure import Figure
from likeforlike.report.charts.ranges import Range, ranges_figure
from likeforlike.report.findings import find
from likeforlike.report.numbers import fixed
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.measures import figure_cells
from likeforlike.report.sections.table import Group, PageTable
from likeforlike.report.shrunken import Shrunken, shrunken

MORE_THAN_THE_WHOLE = 2
INTERVAL = 4
"""Cells up to the interval, after which the part drawn towards the whole stands."""


@dataclass(frozen=True, slots=True)
class SubGroupsSection:
    """The table, which is missing when no sub-group is offered, and the notes that it needs."""

    table: PageTable | None
    figure: Figure | None
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def sub_groups(context: Context) -> SubGroupsSection | None:
    """The sub-groups of a release, if it has any."""
    text, told = context.text, context.release.sub_analyses
    if not told:
        return None
    shown = [t for t in told if t.status == "shown"]
    adjusted = any(row.p_adjusted is not None for t in shown for row in (*t.inside, *t.rest))
    notes = [text("sub_groups.many"), text("sub_groups.towards")] if shown else []
    notes += [text("sub_groups.adjusted")] if adjusted else []
    warnings = [text("sub_groups.completers", label=t.label) for t in shown if t.kind == "completers"]
    warnings += [text("sub_groups.not_offered", label=t.label) for t in told if t.status == "not_offered"]
    table = _table(shown, context, adjusted=adjusted) if shown else None
    return SubGroupsSection(table, _figure(shown, context), tuple(notes), tuple(warnings))


def _figure(shown: list[SubAnalysis], context: Context) -> Figure | None:
    """The first headline measure in each group and in everyone else, under the whole list."""
    text, whole = context.text, context.words.headlines[0].row
    rows = [(text("sub_groups.whole"), whole)]
    for told in shown:
        for part in ("inside", "rest"):
            found = next((row for row in getattr(told, part) if row.name == whole.name), None)
            rows += [(text(f"sub_groups.bar_{part}", label=told.label), found)] if found else []
    ranges = [
        Range(name, row.conf_low, row.difference, row.conf_high, own=row is whole)
        for name, row in rows
        if row.difference is not None and row.conf_low is not None and row.conf_high is not None
    ]
    if whole.difference is None or len(ranges) < MORE_THAN_THE_WHOLE:
        return None
    return ranges_figure(
        "groups",
        ranges,
        text("sub_groups.axis", unit=whole.unit),
        headline=text("sub_groups.figure_headline"),
        title=text("sub_groups.figure_title", measure=whole.statistical_label),
        alt_text=text("sub_groups.alt", bars=str(len(ranges)), measure=whole.statistical_label),
    )


def _table(shown: list[SubAnalysis], context: Context, *, adjusted: bool) -> PageTable:
    text = context.text
    names = ["difference", "interval", "p", *["p_adjusted"] * adjusted, "n"]
    columns = [text("sub_groups.part"), text("shared.took_part"), text("shared.similar")]
    columns += [text(f"measures.{name}") for name in names]
    columns.insert(5, text("sub_groups.shrunken"))
    groups = tuple(
        Group(
            text("sub_groups.group", label=told.label, measure=inside.statistical_label),
            _rows(inside, rest, context, adjusted=adjusted),
        )
        for told in shown
        for inside, rest in zip(told.inside, told.rest, strict=True)
    )
    return PageTable(text("sub_groups.caption"), tuple(columns), frozenset(range(1, len(columns))), groups)


def _rows(
    inside: MeasureRow, rest: MeasureRow, context: Context, *, adjusted: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    both = shrunken(inside, rest) or (None, None)
    return (
        _row("inside", inside, both[0], context, adjusted=adjusted),
        _row("rest", rest, both[1], context, adjusted=adjusted),
    )


def _row(
    part: str, row: MeasureRow, drawn: Shrunken | None, context: Context, *, adjusted: bool
) -> tuple[str, ...]:
    text, cells = context.text, figure_cells(find(row), context, adjusted=adjusted)
    towards = text("shared.hidden")
    if drawn is not None:
        ends = (fixed(value, row.decimals) for value in (drawn.estimate, drawn.low, drawn.high))
        towards = text("sub_groups.drawn", **dict(zip(("estimate", "low", "high"), ends, strict=True)))
    return text(f"sub_groups.{part}"), *cells[:INTERVAL], towards, *cells[INTERVAL:]
