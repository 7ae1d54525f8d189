"""Where in the file the list is: its sheet, its heading row, and its rows as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import zip_longest
from typing import cast

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.intake.contents import Cell, RawSheet
from likeforlike.intake.extent import check_extent
from likeforlike.intake.headings import HeadingMap, heading_meanings, map_headings, meanings_of
from likeforlike.labs.definition import Lab

HEADER_WITHIN = 50
"""Rows from the top among which the headings are looked for."""
HEADINGS_WITHIN = 500
"""Columns from the left among which they are."""
FEWEST_HEADINGS = 2
ROW = "row"


@dataclass(frozen=True, slots=True)
class FoundList:
    """The list as it stands in the file."""

    sheet: RawSheet
    header: int
    """Position of the heading row, from 0."""
    headings: HeadingMap
    cells: pl.DataFrame
    """`row` (as a spreadsheet shows it) and the text of each lab column found; blank rows are left out."""
    others: tuple[str, ...] = ()
    """Other sheets that look like a list of people."""


def best_header(
    rows: Sequence[Sequence[Cell]], known: Mapping[str, tuple[str, ...]]
) -> tuple[frozenset[str], int]:
    """The lab columns that the best heading row names, and the position of that row."""
    best: frozenset[str] = frozenset()
    place = 0
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        named = frozenset(
            name for cell in row[:HEADINGS_WITHIN] for name in meanings_of(cell_text(cell), known)[:1]
        )
        if len(named) > len(best):
            best, place = named, number
    return best, place


def find_list(sheets: Sequence[RawSheet], lab: Lab, name: str, wanted: str | None = None) -> FoundList:
    """Choose the sheet whose headings fit the lab best and read its list as text.

    Parameters
    ----------
    sheets
        All sheets of the file.
    lab
        The lab whose columns are looked for.
    name
        The file's name, for errors.
    wanted
        The sheet the user named; hidden sheets are read only when named.

    Raises
    ------
    InputProblem
        No sheet has a heading row or people under it, or two fit equally well.
    """
    known = heading_meanings(lab)
    offered = _offered(sheets, name, wanted)
    scored = [(sheet, *best_header(sheet.rows, known)) for sheet in offered]
    fewest = min(FEWEST_HEADINGS, len(lab.columns.column))
    fitting = [found for found in scored if len(found[1]) >= fewest]
    if not fitting:
        raise InputProblem(_no_headings(offered, lab, name))
    lists = [(sheet, named, header) for sheet, named, header in fitting if _has_rows(sheet, header)]
    if not lists:
        raise InputProblem(f"{name} has headings but no people under them: add one row for each person.")
    most = max(len(named) for _, named, _ in lists)
    best = [(sheet, header) for sheet, named, header in lists if len(named) == most]
    if len(best) > 1:
        names = ", ".join(f"'{sheet.name}'" for sheet, _ in best)
        raise InputProblem(
            f"{name} has several sheets that look like the list ({names}): name one with --sheet."
        )
    sheet, header = best[0]
    required = {column.name for column in lab.columns.column if column.required}
    others = tuple(str(s.name) for s, named, _ in lists if s is not sheet and named >= required)
    return _read(sheet, header, lab, name, others)


def _offered(sheets: Sequence[RawSheet], name: str, wanted: str | None) -> list[RawSheet]:
    if wanted is None:
        return [sheet for sheet in sheets if not sheet.hidden]
    named = [sheet for sheet in sheets if sheet.name is not None and sheet.name.strip() == wanted.strip()]
    if not named:
        names = ", ".join(f"'{sheet.name}'" for sheet in sheets if sheet.name is not None)
        has = f"it has {names}" if names else "it is a CSV, which has no sheets, so leave --sheet out"
        raise InputProblem(f"{name} has no sheet '{wanted}': {has}.")
    return named


def _no_headings(sheets: Sequence[RawSheet], lab: Lab, name: str) -> str:
    if not any(str(cell).strip() for sheet in sheets for row in sheet.rows for cell in row):
        return f"{name} has no visible sheet with anything in it: choose the file that holds your list."
    labels = [column.label for column in lab.columns.column if column.required] or [
        lab.columns.column[0].label
    ]
    wanted = ", ".join(f"'{label}'" for label in labels)
    return (
        f"{name} has no row of headings that we know in its first {HEADER_WITHIN} rows: "
        f"put headings such as {wanted} above the list, or use the template."
    )


def _has_rows(sheet: RawSheet, header: int) -> bool:
    return any(str(cell).strip() for row in sheet.rows[header + 1 :] for cell in row)


def _read(sheet: RawSheet, header: int, lab: Lab, name: str, others: tuple[str, ...]) -> FoundList:
    titles = [" ".join(cell_text(cell).split()) for cell in sheet.rows[header]]
    width = len(titles)
    check_extent(len(sheet.rows), width, name)
    below = [row if len(row) <= width else row[:width] for row in sheet.rows[header + 1 :]]
    columns = list(zip_longest(*below, fillvalue=""))
    columns += [()] * (width - len(columns))
    filled = [any(column) for column in columns]
    headings = map_headings(titles, filled, lab)
    count = len(below)
    first = header + 2
    cells = pl.DataFrame({ROW: pl.int_range(first, first + count, eager=True)}).with_columns(
        column_text(columns[place] or [""] * count).alias(name) for name, place in headings.places.items()
    )
    texts = pl.all_horizontal(pl.col(name).str.strip_chars() == "" for name in headings.places)
    return FoundList(sheet, header, headings, cells.filter(~texts), others)


def column_text(cells: Sequence[Cell]) -> pl.Series:
    """Cells of one column as text: real dates in ISO form, whole numbers without a decimal point."""
    types = set(map(type, cells))
    if types <= {str}:
        return pl.Series(cast(Sequence[str], cells), dtype=pl.String)
    if types == {date}:
        return pl.Series(cells, dtype=pl.Date).dt.to_string("%Y-%m-%d")
    return pl.Series([cell if type(cell) is str else cell_text(cell) for cell in cells], dtype=pl.String)


def cell_text(cell: Cell) -> str:
    """What a cell says, as text that reads the same from every kind of file."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)
