"""A cohort and its problems in words for the person who sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM, Severity, counted

if TYPE_CHECKING:
    from likeforlike.intake.cohort import Cohort

SHOWN_ROWS = 5
SHOWN_KINDS = 40
WHOLE_LIST = "The list as a whole"
HEADINGS: dict[Severity, str] = {MUST_FIX: "Must fix", PLEASE_CONFIRM: "Please confirm"}


def summarise(cohort: Cohort) -> str:
    """Counts, then what must be fixed, then what to confirm, each by column, then notes."""
    lines = [_first_line(cohort)]
    for severity, heading in HEADINGS.items():
        problems = cohort.problems.of(severity)
        if len(problems):
            lines += ["", f"{heading} ({len(problems):,})", *_by_column(cohort, problems.counts())]
    if cohort.notes:
        lines += ["", "Notes", *(f"  {note}" for note in cohort.notes)]
    if not len(cohort.problems):
        lines += ["", "No problems were found: the list is ready."]
    elif cohort.ready:
        points = "point above is" if len(cohort.problems) == 1 else "points above are"
        lines += ["", f"Nothing must be fixed: the list can be used once the {points} confirmed."]
    return "\n".join(lines)


def _first_line(cohort: Cohort) -> str:
    source, people = cohort.source, cohort.people.height
    where = f"{source.name}, sheet '{source.sheet}'" if source.sheet else source.name
    noun = cohort.lab.head.noun.singular if people == 1 else cohort.lab.head.noun.plural
    twice = source.rows - people
    lost = f" ({twice:,} listed more than once)" if twice else ""
    return f"{where}: {counted(source.rows, 'row')}, {people:,} {noun}{lost}."


def _by_column(cohort: Cohort, counts: pl.DataFrame) -> list[str]:
    letters = dict(cohort.source.columns)
    known = {c.label: number for number, c in enumerate(cohort.lab.columns.column)}
    order = pl.col("column").replace_strict(known, default=-1, return_dtype=pl.Int64)
    kinds = counts.sort(order, -pl.col("count").cast(pl.Int64), maintain_order=True)
    lines: list[str] = []
    column: object = ()
    for kind in kinds.head(SHOWN_KINDS).iter_rows(named=True):
        if kind["column"] != column:
            column = kind["column"]
            letter = f" (column {letters[column]})" if column in letters else ""
            lines.append(f"  {column or WHOLE_LIST}{letter}")
        place = row_list(kind["rows"])
        lines.append(f"    {place}{kind['message']} {kind['remedy']}")
    if kinds.height > SHOWN_KINDS:
        lines.append(f"  and {kinds.height - SHOWN_KINDS:,} more kinds of problem")
    return lines


def row_list(rows: list[int]) -> str:
    """Row numbers for the start of a sentence: "Row 4: ", "Rows 4, 9, 12, 13, 20 and 7 more like this: "."""
    if not rows:
        return ""
    if len(rows) == 1:
        return f"Row {rows[0]}: "
    shown = ", ".join(str(row) for row in rows[:SHOWN_ROWS])
    more = len(rows) - SHOWN_ROWS
    return f"Rows {shown} and {more:,} more like this: " if more > 0 else f"Rows {shown}: "
