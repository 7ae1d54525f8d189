"""From a file's bytes to a cohort: the steps of intake in order."""

from __future__ import annotations

import hashlib

import polars as pl

from likeforlike.intake.cohort import Cohort, Source
from likeforlike.intake.contents import open_sheets
from likeforlike.intake.duplicates import drop_duplicates, shared_identifiers
from likeforlike.intake.example import example_rows
from likeforlike.intake.headings import heading_meanings
from likeforlike.intake.layout import layout_notes, layout_problems, merged_rows
from likeforlike.intake.problems import MUST_FIX, gather, one_problem
from likeforlike.intake.rules import apply_rules
from likeforlike.intake.sheet import FoundList, best_header, find_list
from likeforlike.intake.values import Hints, read_values
from likeforlike.labs.definition import Lab
from likeforlike.spreadsheets.columns import column_letters
from likeforlike.terms import Flow

DUPLICATE, TOO_FEW = "duplicate", "too_few"


def assemble_cohort(content: bytes, name: str, lab: Lab, sheet: str | None = None) -> Cohort:
    """Read a provider's list from a file's bytes.

    Parameters
    ----------
    content
        The whole file.
    name
        Its name without folders, for problems and errors.
    lab
        The lab the list is for.
    sheet
        The sheet to read, where the file has several lists.

    Returns
    -------
    Cohort
        With every problem of the list; `ready` says whether it may be used.

    Raises
    ------
    InputProblem
        The file as a whole cannot be read.
    """
    known = heading_meanings(lab)
    sheets = open_sheets(content, name, lambda rows: len(best_header(rows, known)[0]))
    found = find_list(sheets, lab, name, sheet)
    merged = merged_rows(found)
    examples = example_rows(found.cells, lab)
    cells = found.cells.filter(~pl.col("row").is_in(examples.to_list()))
    everyone, cell_problems = read_values(cells, lab, Hints(found.sheet.formulas, merged))
    people, duplicates = drop_duplicates(everyone, lab)
    problems = gather(
        name,
        [
            *layout_problems(found, merged, lab),
            *cell_problems,
            *apply_rules(everyone, lab),
            duplicates,
            *shared_identifiers(people, lab),
            *size_problems(people.height, lab),
        ],
        [column.label for column in lab.columns.column],
    )
    digest = hashlib.sha256(content).hexdigest()
    return Cohort(
        lab=lab,
        people=people.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("participant")).select(
            "participant", *people.columns
        ),
        problems=problems,
        flow=Flow.start(everyone.height).then(DUPLICATE, "Listed more than once", people.height),
        source=Source(
            name, digest, found.sheet.name, everyone.height, _letters(found, lab), found.headings.ignored
        ),
        notes=(*_example_note(examples), *layout_notes(found)),
    )


def _letters(found: FoundList, lab: Lab) -> tuple[tuple[str, str], ...]:
    places = found.headings.places
    return tuple(
        (c.label, column_letters(places[c.name] + 1)) for c in lab.columns.column if c.name in places
    )


def _example_note(examples: pl.Series) -> list[str]:
    rows = ", ".join(str(row) for row in examples)
    return [f"The template's example was left out (row {rows})."] if rows else []


def size_problems(people: int, lab: Lab) -> list[pl.DataFrame]:
    """Problems of a list with too few or too many people for the lab."""
    limits, noun = lab.head.cohort, lab.head.noun
    has = f"The list has {people:,} {noun.singular if people == 1 else noun.plural}"
    if people < limits.minimum:
        message = f"{has}; the {lab.head.title} needs at least {limits.minimum:,}."
        return [one_problem(TOO_FEW, MUST_FIX, message, "Add more, for instance from an earlier year.")]
    if people > limits.maximum:
        message = f"{has}; the {lab.head.title} takes at most {limits.maximum:,}."
        return [one_problem("too_many", MUST_FIX, message, "Send the list in parts.")]
    return []
