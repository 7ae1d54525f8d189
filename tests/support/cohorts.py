"""Providers' lists for tests: believable people, and files of every kind to put them in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from likeforlike.intake import Cohort, read_cohort
from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.spreadsheets.ods import OdsSheet, write_ods

FORENAMES = ("Jordan", "Aisha", "Siân", "Tomasz", "Grace", "Liam", "Chloë")
SURNAMES = ("O'Neill", "Begum", "Evans-Price", "Kowalski", "Okafor", "Smith", "van der Berg")


def any_size_lab(minimum: int = 1, maximum: int = 50_000) -> Lab:
    """The justice lab, with other limits of a list's size."""
    lab = load_lab("justice")
    limits = lab.head.cohort.model_copy(update={"minimum": minimum, "maximum": maximum})
    return lab.model_copy(update={"head": lab.head.model_copy(update={"cohort": limits})})


def person(number: int, **changes: Any) -> dict[str, Any]:
    """A participant of the justice lab; no two numbers below 15,000 are the same person."""
    index_date = date(2021, 1, 20) + timedelta(days=number % 300)
    made = {
        "forename": FORENAMES[number % len(FORENAMES)],
        "surname": SURNAMES[number // len(FORENAMES) % len(SURNAMES)],
        "date_of_birth": date(1960, 1, 13) + timedelta(days=number),
        "gender": ("Male", "Female")[number % 2],
        "postcode": f"LS{number % 20 + 1} 4AP",
        "pnc_id": f"{2000 + number % 20}/{number:07}A",
        "prison_id": f"A{number % 10_000:04}BC",
        "index_date": index_date,
        "conviction_date": index_date - timedelta(days=90),
        "intervention_start": index_date + timedelta(days=14),
        "intervention_end": index_date + timedelta(days=150),
        "reference": ("Leeds", "York")[number % 2],
    }
    return made | changes


def people(count: int, **changes: Any) -> list[dict[str, Any]]:
    """So many different participants, all with these changes."""
    return [person(number, **changes) for number in range(count)]


def table(rows: Sequence[dict[str, Any]], lab: Lab | None = None) -> list[list[Any]]:
    """Participants under the lab's headings, with the columns that they have."""
    columns = [c for c in (lab or any_size_lab()).columns.column if any(c.name in row for row in rows)]
    return [[c.label for c in columns], *([row.get(c.name, "") for c in columns] for row in rows)]


def cohort_file(path: Path, rows: Sequence[dict[str, Any]], lab: Lab | None = None) -> Path:
    """A list of participants as CSV, XLSX or ODS by the path's suffix."""
    return table_file(path, table(rows, lab))


def table_file(path: Path, cells: Sequence[Sequence[Any]]) -> Path:
    """Any cells as CSV, XLSX or ODS by the path's suffix; dates are real ones where the kind has them."""
    if path.suffix == ".xlsx":
        return workbook(path, {"Sheet1": cells})
    if path.suffix == ".ods":
        path.write_bytes(write_ods([OdsSheet("Sheet1", cells)], "A list"))
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[as_text(cell) for cell in row] for row in cells])
    return path


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> Path:
    """An XLSX with these sheets."""
    with Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(cells):
                for c, cell in enumerate(row):
                    sheet.write(r, c, cell, day if isinstance(cell, date) else None)
            if name in hidden:
                sheet.hide()
    return path


def as_text(cell: Any) -> str:
    """A cell as people type it."""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def read_rows(path: Path, rows: Sequence[dict[str, Any]], lab: Lab | None = None) -> Cohort:
    """Write participants to a file and read them back, whatever their number."""
    lab = lab or any_size_lab()
    return read_cohort(cohort_file(path, rows, lab), lab)


def codes(cohort: Cohort, severity: str | None = None) -> list[str]:
    """The codes of a cohort's problems, in order."""
    return [p.code for p in cohort.problems if severity in (None, p.severity)]
