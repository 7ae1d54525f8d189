"""A file's bytes as sheets of cells, whichever kind of file it is."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from likeforlike.errors import InputProblem
from likeforlike.intake.archive import Findings, inspect
from likeforlike.intake.delimited import decode, read_rows
from likeforlike.intake.kinds import damaged, kind_of, protected

Cell = int | float | str | bool | time | date | datetime | timedelta
Score = Callable[[Sequence[Sequence[Cell]]], int]

MAX_SHEETS = 50


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as rows of cells from A1, an empty cell being an empty string."""

    name: str | None
    """`None` for CSV."""
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row, last column, from 0."""
    formulas: bool = False
    """Whether the workbook has formulas; those never calculated come as empty cells."""
    encoding_guessed: bool = False


def open_sheets(content: bytes, name: str, score: Score) -> tuple[RawSheet, ...]:
    """All sheets of a file.

    Parameters
    ----------
    content
        The file's bytes.
    name
        Its name, for errors.
    score
        How much the first rows look like the lab's list; it chooses a CSV's separator.

    Raises
    ------
    InputProblem
        The file is not one that can be read safely.
    """
    kind = kind_of(content, name)
    if kind == "csv":
        text, guessed = decode(content)
        return (RawSheet(None, read_rows(text, name, score), encoding_guessed=guessed),)
    return _workbook(content, name, inspect(content, kind, name))


def _workbook(content: bytes, name: str, findings: Findings) -> tuple[RawSheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            places = [
                (place, meta)
                for place, meta in enumerate(workbook.sheets_metadata)
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
            if len(places) > MAX_SHEETS:
                raise InputProblem(
                    f"{name} has more than {MAX_SHEETS} sheets: keep only the one with the list."
                )
            return tuple(_sheet(workbook, place, meta, findings) for place, meta in places)
    except PasswordError:
        raise protected(name) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise damaged(name) from None
    except BaseException as error:
        # a Rust panic is no Exception; to the user it is one more damaged file
        if type(error).__name__ == "PanicException":
            raise damaged(name) from None
        raise


def _sheet(workbook: CalamineWorkbook, place: int, meta: SheetMetadata, findings: Findings) -> RawSheet:
    sheet = workbook.get_sheet_by_index(place)
    if findings.merged is not None:
        merged = findings.merged[place] if place < len(findings.merged) else ()
    else:
        ranges = sheet.merged_cell_ranges or []
        merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in ranges)
    hidden = meta.visible != SheetVisibleEnum.Visible
    return RawSheet(meta.name, sheet.to_python(skip_empty_area=False), hidden, merged, findings.formulas)
