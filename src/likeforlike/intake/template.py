"""What the template for providers says: headings, an example row and guidance, the same in every format."""

from __future__ import annotations

import csv
import io
from datetime import date

import polars as pl

from likeforlike.intake.codes import choice_labels
from likeforlike.intake.values import read_values
from likeforlike.labs.definition import Column, Lab
from likeforlike.spreadsheets.ods import OdsSheet, write_ods

DATA_SHEET = "Participants"
GUIDANCE_SHEET = "Guidance"
GUIDANCE_HEADINGS = ("Heading", "Needed", "What to write", "Example")
GUIDANCE_WIDTHS = (24, 12, 70, 20)
"""In characters."""
DATA_WIDTH = 20
CM_PER_CHARACTER = 0.2
ACTS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def headings(lab: Lab) -> list[str]:
    """The headings of the list, in the lab's order."""
    return [column.label for column in lab.columns.column]


def example_cells(lab: Lab) -> list[str | date]:
    """The example row, its dates as real dates."""
    columns = lab.columns.column
    values, _ = read_values(pl.DataFrame({"row": [0]} | {c.name: [c.example] for c in columns}), lab)
    read = values.row(0, named=True)
    return [read[c.name] if isinstance(read[c.name], date) else c.example for c in columns]


def title(lab: Lab) -> str:
    """The title of the template."""
    return f"{lab.head.title}: list of {lab.head.noun.plural}"


def introduction(lab: Lab) -> list[str]:
    """Sentences that stand above the guidance on columns."""
    limits = lab.head.cohort
    lines = [
        f"Fill in the sheet '{DATA_SHEET}', one row for each {lab.head.noun.singular}.",
        "Row 2 of it is an example. It is never analysed: write over it, delete it or leave it.",
        f"The list needs at least {limits.minimum:,} {lab.head.noun.plural} and at most {limits.maximum:,}.",
        "Send no other columns: they are not read.",
    ]
    return lines + [f"Each row {rule.message}." for rule in lab.columns.any_of]


def guidance(lab: Lab) -> list[tuple[str, str, str, str]]:
    """A row of guidance for each column, under `GUIDANCE_HEADINGS`."""
    return [(c.label, "Yes" if c.required else "If known", _advice(c), c.example) for c in lab.columns.column]


def template_csv(lab: Lab) -> bytes:
    """The template as CSV, in UTF-8 marked so that spreadsheet programs see it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(label) for label in headings(lab)])
    writer.writerow([harmless(column.example) for column in lab.columns.column])
    return target.getvalue().encode("utf-8-sig")


def template_ods(lab: Lab) -> bytes:
    """The template as ODS, with the guidance on a sheet before the list."""
    lines = [[title(lab)], *([line] for line in introduction(lab))]
    about = OdsSheet(
        GUIDANCE_SHEET,
        [*lines, GUIDANCE_HEADINGS, *guidance(lab)],
        heading=len(lines),
        title=0,
        widths=[width * CM_PER_CHARACTER for width in GUIDANCE_WIDTHS],
    )
    columns = lab.columns.column
    people = OdsSheet(
        DATA_SHEET,
        [headings(lab), example_cells(lab)],
        widths=[DATA_WIDTH * CM_PER_CHARACTER] * len(columns),
        formats=["date" if column.kind == "date" else "text" for column in columns],
    )
    return write_ods([about, people], title(lab))


def harmless(text: str) -> str:
    """Text that a spreadsheet program will not take for a formula when it opens a CSV."""
    return f"'{text}" if text.startswith(ACTS_AS_FORMULA) else text


def _advice(column: Column) -> str:
    if not column.choices:
        return column.guidance
    return f"{column.guidance} Write one of: {', '.join(choice_labels(column))}."
