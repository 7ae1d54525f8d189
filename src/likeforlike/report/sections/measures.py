"""All measures in one table."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.report.findings import Finding
from likeforlike.report.numbers import fixed, p_value, people
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.headline import written
from likeforlike.report.sections.table import PageTable, page_table


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
    rows = [_cells(finding, context) for finding in findings]
    notes = [text("measures.note")]
    if any(f.row.descriptive for f in findings):
        notes.append(text("measures.descriptive"))
    notes.append(text("shared.rounded"))
    if any(f.rounding_shows for f in findings):
        notes.append(text("shared.difference_rounding"))
    table = page_table(text("measures.caption"), columns, rows, numeric=range(1, 6))
    return MeasuresSection(table, tuple(notes))


def _cells(finding: Finding, context: Context) -> tuple[str, ...]:
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
    return row.statistical_label, *figures, p, base, _reading(finding, context)


def _reading(finding: Finding, context: Context) -> str:
    text = context.text
    parts = [
        text(
            f"tag.certain_{finding.favours}" if finding.certainty == "certain" else f"tag.{finding.certainty}"
        )
    ]
    if finding.certainty == "withheld" and finding.row.withheld:
        parts = [finding.row.withheld]
    if finding.row.descriptive:
        parts.append(text("tag.descriptive"))
    return ". ".join(part.rstrip(".") for part in parts) + "."
