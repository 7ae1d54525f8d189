"""Where a department's tables are: one file a table, the date of the extract beside them."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import RecordTable

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A table as the department exported it."""

    path: Path
    kind: Literal["parquet", "csv"]
    delimiter: str = ","
    header: tuple[str, ...] = ()
    """For CSV: the column headings as they stand in the file."""

    @property
    def name(self) -> str:
        return self.path.name


def find_table(folder: Path, table: RecordTable) -> SourceFile:
    """Find `TABLE.parquet` or `TABLE.csv` in the folder, in upper or lower case.

    Raises
    ------
    RegisterProblem
        The folder, the table's file or a CSV file's headings are missing or cannot be read.
    """
    if not folder.is_dir():
        raise RegisterProblem(f"There is no folder '{folder.name}': give the folder that holds the tables.")
    wanted = (f"{table.name}.parquet", f"{table.name}.csv")
    found = sorted(p for p in folder.iterdir() if p.name.lower() in wanted and p.is_file())
    if not found:
        raise RegisterProblem(
            f"The table '{table.name}' is missing: add {wanted[0]} or {wanted[1]} to '{folder.name}'."
        )
    if len(found) > 1:
        raise RegisterProblem(
            f"The table '{table.name}' is there twice ({found[0].name}, {found[1].name}): keep one."
        )
    path = found[0].resolve()
    if path.suffix.lower() == ".parquet":
        return SourceFile(path, "parquet")
    return _csv_file(path)


def _csv_file(path: Path) -> SourceFile:
    with path.open("rb") as file:
        first = file.readline(1_000_000)
    if not first.strip():
        raise RegisterProblem(f"{path.name} is empty: export the table again, with its headings.")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in first:
        raise not_utf8(path.name)
    try:
        line = first.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise not_utf8(path.name) from None
    delimiter = max(DELIMITERS, key=line.count)
    header = tuple(next(csv.reader([line], delimiter=delimiter)))
    return SourceFile(path, "csv", delimiter, header)


def not_utf8(name: str) -> RegisterProblem:
    """The problem of a CSV file in another encoding."""
    return RegisterProblem(f"{name} is not UTF-8 text: export it again as CSV in UTF-8.")


def extract_date(folder: Path, given: date | None) -> date:
    """The vintage: the date given, else `vintage` in `extract.toml` beside the tables.

    Raises
    ------
    RegisterProblem
        Neither says a date.
    """
    if given is not None:
        return given
    try:
        content = tomllib.loads((folder / "extract.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        content = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise RegisterProblem(
            "extract.toml cannot be read: it should say, for example, vintage = 2024-06-30."
        ) from None
    vintage = content.get("vintage")
    if isinstance(vintage, datetime):
        return vintage.date()
    if isinstance(vintage, date):
        return vintage
    raise RegisterProblem(
        "Say the date of the extract: add --vintage 2024-06-30, or put vintage = 2024-06-30 in extract.toml."
    )
