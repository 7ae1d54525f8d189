"""The tables of a release as a spreadsheet, XLSX or ODS, by the Analysis Function's checklist.

A cover with the contents, then a worksheet for each table: its title in the first cell, what is to be known of it in
the next, then one marked-up table with unique headings, no merged cells, no blank rows, nothing told by colour.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from likeforlike.disclosure.release import Release
from likeforlike.report.read import columns
from likeforlike.report.results import marked
from likeforlike.report.tables import Cell, Table, tables
from likeforlike.spreadsheets.ods import OdsSheet, write_ods

CREATED = datetime(1980, 1, 1)
HEADING = 2
"""Row of the headings, from 0, after the title and the note."""
COVER = "Contents"
WIDEST, NARROWEST = 60, 12
CENTIMETRES = 0.22
"""Of a character."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet with one table."""

    name: str
    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """Of the columns, in characters."""
        texts = zip(self.headings, *self.rows, strict=True)
        longest = (max(len(str(cell)) for cell in column) for column in texts)
        return tuple(min(max(length + 2, NARROWEST), WIDEST) for length in longest)


def sheets(release: Release, language: str = "en") -> tuple[Sheet, ...]:
    """The cover, then every table of the release."""
    words = columns(language)
    notes, titles = words["notes"], words["tables"]
    source = notes["source"].format(source=f"{release.lab_title}, {release.department}")
    every = tables(release)
    cover = Sheet(
        COVER,
        release.programme.name,
        f"{notes['cover']} {notes['hidden']} {source}",
        (notes["sheet"], notes["about"]),
        tuple((table.name, titles[table.name]) for table in every),
    )
    return cover, *(_sheet(table, words, source) for table in every)


def xlsx_bytes(release: Release) -> bytes:
    """The workbook as XLSX; the same release gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": release.programme.name, "created": CREATED})
        bold = book.add_format({"bold": True, "font_size": 16})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, sheet in enumerate(sheets(release), 1):
            page = book.add_worksheet(sheet.name)
            page.write_string(0, 0, sheet.title, bold)
            page.write_string(1, 0, sheet.note)
            for row, cells in enumerate(sheet.rows, HEADING + 1):
                for column, cell in enumerate(cells):
                    write = page.write_string if isinstance(cell, str) else page.write_number
                    write(row, column, cell, wrapped)
            page.add_table(
                HEADING,
                0,
                HEADING + len(sheet.rows),
                len(sheet.headings) - 1,
                {
                    "name": f"Table{number}",
                    "style": "Table Style Light 1",
                    "autofilter": False,
                    "columns": [{"header": heading} for heading in sheet.headings],
                },
            )
            for column, width in enumerate(sheet.widths):
                page.set_column(column, column, width)
    return target.getvalue()


def ods_bytes(release: Release) -> bytes:
    """The workbook as ODS; the same release gives the same bytes."""
    found = [
        OdsSheet(
            sheet.name,
            ((sheet.title,), (sheet.note,), sheet.headings, *sheet.rows),
            heading=HEADING,
            title=0,
            widths=[round(width * CENTIMETRES, 1) for width in sheet.widths],
        )
        for sheet in sheets(release)
    ]
    return write_ods(found, release.programme.name)


def _sheet(table: Table, words: dict[str, dict[str, str]], source: str) -> Sheet:
    notes = words["notes"]
    return Sheet(
        table.name,
        words["tables"][table.name],
        f"{notes['one_table']} {notes['hidden']} {source}",
        tuple(words["columns"][name] for name in table.columns),
        tuple(_cells(table.columns, row, notes) for row in table.rows),
    )


def _cells(names: Sequence[str], row: Sequence[Cell], notes: dict[str, str]) -> tuple[str | int | float, ...]:
    return tuple(_written(marked(name, value), notes) for name, value in zip(names, row, strict=True))


def _written(value: str | int | float, notes: dict[str, str]) -> str | int | float:
    return notes["yes" if value else "no"] if isinstance(value, bool) else value
