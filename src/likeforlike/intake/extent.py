"""How far the cells of a sheet reach, read from its XML before anything is laid out in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from likeforlike.errors import InputProblem
from likeforlike.spreadsheets.columns import column_number

MAX_CELLS = 5_000_000
"""Cells of one sheet as a rectangle from A1; 50,000 people with 12 columns are 600,000."""
FAR_CELL = re.compile(rb' r="(?:[A-Z]{2}|[A-Z]\d{6})')
UNUSUAL = (b"r='", b"\nr=", b"\tr=", b"\rr=")
"""Ways to write a cell's place that the quick search does not know."""
CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
NEAR = (99_999, 26)

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"


def xlsx_extent(data: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle from A1 that holds all cells of a worksheet.

    Most sheets have no cell beyond column Z or row 99,999; a quick search gives them that bound.
    """
    if not FAR_CELL.search(data) and not any(form in data for form in UNUSUAL):
        return NEAR
    cells = CELL.findall(data)
    letters = {cell[0] for cell in cells}
    rows = {cell[1] for cell in cells}
    return max(map(int, rows), default=0), max((column_number(x.decode()) for x in letters), default=0)


def check_extent(rows: int, columns: int, name: str) -> None:
    """Refuse a sheet that would take too much memory as a rectangle.

    Raises
    ------
    InputProblem
        It has more than `MAX_CELLS` cells, empty ones included.
    """
    if rows * columns > MAX_CELLS:
        raise InputProblem(
            f"{name} has a sheet with cells as far out as row {rows:,} and column {columns:,}: "
            "copy the list alone into a new workbook and use that."
        )


@dataclass(slots=True)
class _Walk:
    """Where the parser stands in an ODS; cells and rows repeat without being written out."""

    row: int = 0
    column: int = 0
    row_repeats: int = 1
    cell_repeats: int = 1
    filled: int = 0
    """Last filled column of this row."""
    in_cell: bool = False
    formulas: bool = False
    extents: list[tuple[int, int]] = field(default_factory=list)
    merged: list[list[tuple[int, int, int, int]]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == TABLE + "table":
            self.row = 0
            self.extents.append((0, 0))
            self.merged.append([])
        elif name == TABLE + "table-row" and self.extents:
            self.column = self.filled = 0
            self.row_repeats = int(attributes.get(TABLE + "number-rows-repeated", 1))
        elif name in (TABLE + "table-cell", TABLE + "covered-table-cell") and self.extents:
            self._cell(attributes)
        elif name == PARAGRAPH and self.in_cell:
            self.filled = self.column

    def _cell(self, attributes: dict[str, str]) -> None:
        first = self.column
        self.in_cell = True
        self.column += int(attributes.get(TABLE + "number-columns-repeated", 1))
        self.formulas = self.formulas or TABLE + "formula" in attributes
        if OFFICE + "value-type" in attributes:
            self.filled = self.column
        down = int(attributes.get(TABLE + "number-rows-spanned", 1))
        across = int(attributes.get(TABLE + "number-columns-spanned", 1))
        if down > 1 or across > 1:
            self.merged[-1].append((self.row, first, self.row + down - 1, first + across - 1))

    def end(self, name: str) -> None:
        if name in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            self.in_cell = False
        elif name == TABLE + "table-row" and self.extents:
            self.row += self.row_repeats
            if self.filled:
                _, columns = self.extents[-1]
                self.extents[-1] = (self.row, max(columns, self.filled))


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows and columns of each sheet of an ODS, its merged ranges, and whether it has formulas."""

    extents: tuple[tuple[int, int], ...]
    merged: tuple[tuple[tuple[int, int, int, int], ...], ...]
    formulas: bool


def ods_shape(data: bytes) -> Shape | None:
    """The shape of an ODS's `content.xml`, or `None` where it is not sound XML."""
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return None
    return Shape(tuple(walk.extents), tuple(tuple(ranges) for ranges in walk.merged), walk.formulas)
