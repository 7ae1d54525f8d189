"""The template as XLSX: drop-down lists, checks of dates as they are typed, and named tables."""

from __future__ import annotations

import io
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from likeforlike.intake.codes import choice_labels
from likeforlike.intake.template import (
    DATA_SHEET,
    DATA_WIDTH,
    GUIDANCE_HEADINGS,
    GUIDANCE_SHEET,
    GUIDANCE_WIDTHS,
    example_cells,
    guidance,
    headings,
    introduction,
    title,
)
from likeforlike.labs.definition import Column, Lab
from likeforlike.spreadsheets.columns import column_letters

MADE = datetime(2000, 1, 1)
"""Written as the time of making, so that equal labs give equal bytes."""
FIRST_DAY = date(1900, 1, 1)
LAST_ROW = 1_048_575
LONGEST_LIST = 255
"""Characters of a drop-down list written in place; Excel takes no more."""
LONGEST_TITLE = 32
LONGEST_MESSAGE = 255
CHOICES_SHEET = "Choices"


def template_xlsx(lab: Lab) -> bytes:
    """The template as XLSX, with the guidance on a sheet before the list."""
    target = io.BytesIO()
    with Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": title(lab), "created": MADE})
        _guidance_sheet(book, lab)
        _data_sheet(book, lab)
    return target.getvalue()


def _guidance_sheet(book: Workbook, lab: Lab) -> None:
    sheet = book.add_worksheet(GUIDANCE_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(GUIDANCE_WIDTHS):
        sheet.set_column(place, place, width, wrapped)
    plain = book.add_format()
    sheet.write_string(0, 0, title(lab), book.add_format({"bold": True, "font_size": 16}))
    lines = introduction(lab)
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, line, plain)
    first = len(lines) + 1
    rows = guidance(lab)
    _table(sheet, GUIDANCE_SHEET, first, len(rows), GUIDANCE_HEADINGS)
    for row, cells in enumerate(rows, first + 1):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped)


def _data_sheet(book: Workbook, lab: Lab) -> None:
    sheet = book.add_worksheet(DATA_SHEET)
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    _table(sheet, DATA_SHEET, 0, 1, headings(lab))
    last = min(lab.head.cohort.maximum + 1, LAST_ROW)
    for place, (column, example) in enumerate(zip(lab.columns.column, example_cells(lab), strict=True)):
        sheet.set_column(place, place, DATA_WIDTH, day if column.kind == "date" else text)
        _example(sheet, place, example, book.add_format({"italic": True, "num_format": "dd/mm/yyyy"}))
        options = _validation(book, column, place)
        if options:
            sheet.data_validation(1, place, last, place, options)
    sheet.freeze_panes(1, 0)


def _example(sheet: Worksheet, place: int, example: str | date, slanted: Format) -> None:
    if isinstance(example, date):
        sheet.write_datetime(1, place, datetime(example.year, example.month, example.day), slanted)
    elif example:
        sheet.write_string(1, place, example, slanted)


def _table(sheet: Worksheet, name: str, row: int, rows: int, titles: list[str] | tuple[str, ...]) -> None:
    options = {
        "name": f"{name}Table",
        "columns": [{"header": text} for text in titles],
        "autofilter": False,
        "style": "Table Style Light 1",
    }
    sheet.add_table(row, 0, row + rows, len(titles) - 1, options)


def _validation(book: Workbook, column: Column, place: int) -> dict[str, object] | None:
    """What the program checks and says when somebody types into the column."""
    said: dict[str, object] = {
        "ignore_blank": True,
        "input_title": column.label[:LONGEST_TITLE],
        "input_message": column.guidance[:LONGEST_MESSAGE],
    }
    if column.kind == "choice":
        return said | {
            "validate": "list",
            "source": _source(book, column, place),
            "error_title": "Not on the list",
            "error_message": "Choose one from the list.",
        }
    if column.kind == "date":
        return said | {
            "validate": "date",
            "criteria": ">=",
            "value": column.earliest or FIRST_DAY,
            "error_title": "Not a date",
            "error_message": "Write day, month and year, like 27/03/1990.",
        }
    return None


def _source(book: Workbook, column: Column, place: int) -> list[str] | str:
    """The choices themselves, or where on a sheet of their own they stand if they are long."""
    labels = choice_labels(column)
    if len(",".join(labels)) <= LONGEST_LIST:
        return labels
    sheet = book.get_worksheet_by_name(CHOICES_SHEET) or book.add_worksheet(CHOICES_SHEET)
    # each column's choices fill a row, so that the sheet never looks like a list of people
    sheet.write_string(place, 0, column.label)
    for number, label in enumerate(labels, 1):
        sheet.write_string(place, number, label)
    return f"={CHOICES_SHEET}!$B${place + 1}:${column_letters(len(labels) + 1)}${place + 1}"
