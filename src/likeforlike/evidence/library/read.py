"""Reads a library from a folder of releases or a table of published results."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from likeforlike.disclosure.release import Release
from likeforlike.errors import InputProblem
from likeforlike.evidence.library.cells import Cells
from likeforlike.evidence.library.from_releases import from_releases
from likeforlike.evidence.library.from_table import about_of, from_table, renamed, requests_of
from likeforlike.evidence.library.library import Better, Library

RESULTS = "results.json"
REQUESTS = "requests.csv"
OF_THE_FILE = ("schema", "schema_version")


def read_library(place: str | Path, measure: str | None = None, better: Better = None) -> Library:
    """The library at a place, on one measure.

    Parameters
    ----------
    place
        A folder with a `results.json` for each release, at any depth, and if there is one the list `requests.csv`; or a
        CSV table of published results.
    measure
        Name of the measure; the most usual one if left out.
    better
        Which direction favours a programme, for tables that do not say.

    Raises
    ------
    InputProblem
        There is no library, a file cannot be read, or nothing in it can be put together.
    """
    place = Path(place)
    if place.is_file():
        return from_table(read_cells(place), place.stem, measure, better)
    if not place.is_dir():
        raise InputProblem(f"There is no library '{place.name}': give a folder of releases, or a CSV table.")
    files = sorted(place.rglob(RESULTS))
    if not files:
        raise InputProblem(f"There is no {RESULTS} anywhere in '{place.name}': put releases into it.")
    rows = read_cells(place / REQUESTS) if (place / REQUESTS).is_file() else []
    known = {row.text("programme").casefold(): about_of(row) for row in rows}
    return from_releases([read_release(f) for f in files], place.name, measure, known, requests_of(rows))


def read_release(file: Path) -> Release:
    """One release from its `results.json`.

    Raises
    ------
    InputProblem
        It is no release of this version.
    """
    try:
        content = json.loads(file.read_bytes())
        kept = {name: value for name, value in content.items() if name not in OF_THE_FILE}
        return Release.model_validate_json(json.dumps(kept))
    except FileNotFoundError:
        raise InputProblem(f"There is no file {file}: check its name.") from None
    except (ValidationError, ValueError, AttributeError):
        raise InputProblem(
            f"'{file.parent.name}/{file.name}' is no release of this version: take it out, or make it again with "
            "`likeforlike report`."
        ) from None


def read_cells(file: Path, needed: Sequence[str] = ("programme",)) -> Sequence[Cells]:
    """The rows of a CSV table.

    Parameters
    ----------
    needed
        Columns that it must have.

    Raises
    ------
    InputProblem
        It is missing or not text, has no such column, or a row has more cells than columns.
    """
    try:
        reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except FileNotFoundError:
        raise InputProblem(f"There is no file {file}: check its name.") from None
    except (UnicodeDecodeError, csv.Error):
        raise InputProblem(f"{file.name} is no CSV table in UTF-8: save it as one.") from None
    columns = renamed(lines[0][1]) if lines else []
    missing = next((name for name in needed if name not in columns), None)
    if missing is not None:
        raise InputProblem(f"{file.name} has no column '{missing}': add it, with a name in each row.")
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise InputProblem(f"{file.name} has the column '{twice}' twice: keep one.")
    for number, line in lines[1:]:
        if len(line) != len(columns):
            raise InputProblem(
                f"{file.name}, line {number} has {len(line)} cells and the head {len(columns)}: put text with commas "
                "into quotation marks."
            )
    return [Cells(file.name, number, dict(zip(columns, line, strict=True))) for number, line in lines[1:]]
