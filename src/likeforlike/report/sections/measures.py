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
    names = ("measure", "difference", "interval", "p", "n", "reading")
    columns = [text(f"measures.{name}") for name in names]
    columns[1:1] = [text("shared.took_part"), text("shared.similar")]
    notes = [text("measures.note")]
    if any(f.row.descriptive for f in findings):
        notes.append(text("measures.descriptive"))
    notes.append(text("shared.rounded"))
    if any(f.rounding_shows for f in findings):
        notes.append(text("shared.difference_rounding"))
    table = PageTable(text("measures.caption"), tuple(columns), frozenset(range(1, 6)), _groups(context))
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


def _cells(finding: Finding, context: Context, *, marked: bool) -> tuple[str, ...]:
    text, row, shown = context.text, finding.row, finding.shown
    hidden = text("shared.hidden")
    p = hidden if row.p_value is None else p_value(row.p_value, text("shared.smallest_p"))
    base = hidden
    if row.n_treatment is not None and row.n_comparison is not None:
        base = text("measures.of", treatment=people(row.n_treatment), comparison=people(row.n_comparison))
    if shown is None:
        figures = (hidden,) * 4
    else:
        low, high = fixed(shown.low, row.decimals), fixed(shown.high, row.decimals)
        figures = (
            written(finding, shown.treatment),
            written(finding, shown.comparison),
            fixed(shown.difference, row.decimals),
            text("shared.to", from_=low, to_=high),
        )
    return row.statistical_label, *figures, p, base, _reading(finding, context, marked=marked)


def _reading(finding: Finding, context: Context, *, marked: bool) -> str:
    parts = [tag(finding, context)]
    if finding.certainty == "withheld" and finding.row.withheld:
        parts = [finding.row.withheld]
    if finding.row.descriptive and not marked:
        parts.append(context.text("tag.descriptive"))
    return ". ".join(part.rstrip(".") for part in parts) + "."
