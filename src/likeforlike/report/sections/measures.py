"""All measures in one table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from likeforlike.report.findings import Finding
from likeforlike.report.numbers import fixed, p_value, people
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.headline import tag, written
from likeforlike.report.sections.table import Group, PageTable


@dataclass(frozen=True, slots=True)
class MeasuresSection:
    """The table and the notes that it needs."""

    table: PageTable
    notes: tuple[str, ...]


def measures(context: Context) -> MeasuresSection:
    """Every measure of a release with both groups, difference, interval and p-value."""
    text, findings = context.text, context.words.findings
    adjusted = _adjusted(context)
    names = ["measure", "difference", "interval", "p", *["p_adjusted"] * adjusted, "n", "reading"]
    columns = [text(f"measures.{name}") for name in names]
    columns[1:1] = [text("shared.took_part"), text("shared.similar")]
    notes = [text("measures.note")]
    if any(f.row.descriptive for f in findings):
        notes.append(text("measures.descriptive"))
    notes += [text("measures.adjusted")] * adjusted
    notes.append(text("shared.rounded"))
    if any(f.rounding_shows for f in findings):
        notes.append(text("shared.difference_rounding"))
    numeric = frozenset(range(1, 6 + adjusted))
    table = PageTable(text("measures.caption"), tuple(columns), numeric, _groups(context))
    return MeasuresSection(table, tuple(notes))


def _groups(context: Context) -> tuple[Group, ...]:
    """Measures under the lab's headings; a heading whose measures all describe says so for them."""
    headings = {m.name: m.group for m in context.lab.outcomes.measure}
    groups = []
    for name, members in groupby(context.words.findings, key=lambda f: headings.get(f.row.name, "")):
        found = list(members)
        described = bool(name) and all(f.row.descriptive for f in found)
        rows = tuple(_cells(f, context, marked=described) for f in found)
        groups.append(Group(name, rows, context.text("tag.descriptive") if described else ""))
    return tuple(groups)


def _adjusted(context: Context) -> bool:
    return any(row.p_adjusted is not None for row in context.release.measures)


def _cells(finding: Finding, context: Context, *, marked: bool) -> tuple[str, ...]:
    name = finding.row.statistical_label
    figures = figure_cells(finding, context, adjusted=_adjusted(context))
    return name, *figures, _reading(finding, context, marked=marked)


def figure_cells(finding: Finding, context: Context, *, adjusted: bool) -> tuple[str, ...]:
    """Both groups, difference, interval, p-value (the corrected one too, if asked) and people of a measure."""
    text, row, shown = context.text, finding.row, finding.shown
    hidden, smallest = text("shared.hidden"), text("shared.smallest_p")
    p = [hidden if row.p_value is None else p_value(row.p_value, smallest)]
    if adjusted:
        none = hidden if row.withheld else text("shared.nothing")
        p.append(none if row.p_adjusted is None else p_value(row.p_adjusted, smallest))
    base = hidden
    if row.n_treatment is not None and row.n_comparison is not None:
        base = text("measures.of", treatment=people(row.n_treatment), comparison=people(row.n_comparison))
    if shown is None:
        return (*(hidden,) * 4, *p, base)
    interval = text("shared.to", from_=fixed(shown.low, row.decimals), to_=fixed(shown.high, row.decimals))
    groups = (written(finding, shown.treatment), written(finding, shown.comparison))
    return (*groups, fixed(shown.difference, row.decimals), interval, *p, base)


def _reading(finding: Finding, context: Context, *, marked: bool) -> str:
    parts = [tag(finding, context)]
    if finding.certainty == "withheld" and finding.row.withheld:
        parts = [finding.row.withheld]
    if finding.row.descriptive and not marked:
        parts.append(context.text("tag.descriptive"))
    return ". ".join(part.rstrip(".") for part in parts) + "."
