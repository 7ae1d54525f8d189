"""Writes the provider's workbook, and what the provider says about the programme."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from likeforlike.synthetic.files import write_toml
from likeforlike.synthetic.programme.settings import ProgrammeSettings, Sheet


def write_programme(
    listing: pl.DataFrame, programme: ProgrammeSettings, folder: Path, made: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Write `participants.xlsx` and `about.toml`.

    Parameters
    ----------
    listing
        `person_id`, columns named as in `columns.toml`, and `notes`, in the order of the sheet.
    made
        Written into the file's properties, so that the same twin is the same bytes.

    Returns
    -------
    polars.DataFrame
        `row`, as a spreadsheet counts, and `person_id`.
    """
    about = {k: json.dumps(getattr(programme, k)) for k in ("name", "provider", "description")}
    write_toml(folder / "about.toml", about)
    first = _write_workbook(listing, programme.sheet, folder / "participants.xlsx", made, rng)
    return listing.select("person_id").with_row_index("row", offset=first).cast({"row": pl.Int64})


def _write_workbook(
    rows: pl.DataFrame, sheet: Sheet, path: Path, made: date, rng: np.random.Generator
) -> int:
    """Write the rows under the provider's own headings; the number of the first row of data."""
    header = len(sheet.title) + 1
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": sheet.name, "created": datetime(made.year, made.month, made.day)})
        page = book.add_worksheet(sheet.name)
        bold = book.add_format({"bold": True})
        for line, text in enumerate(sheet.title):
            page.write_string(line, 0, text, bold)
        columns = [(c, h) for c, h in {**sheet.headings, "notes": "Notes"}.items() if c in rows.columns]
        for place, (column, heading) in enumerate(columns):
            page.write_string(header, place, heading, bold)
            page.write_column(header + 1, place, _cells(rows[column], sheet.text_dates, rng))
            page.set_column(place, place, 16)
    return header + 2


def _cells(column: pl.Series, text_dates: float, rng: np.random.Generator) -> list[object]:
    """Values of a column; a few dates are text, as when a cell was formatted as text."""
    if column.dtype != pl.Date:
        return column.fill_null("").to_list()
    as_text = rng.random(len(column)) < text_dates
    texts = column.dt.to_string("%d/%m/%Y").to_list()
    days = column.to_list()
    return ["" if d is None else t if text else d for d, t, text in zip(days, texts, as_text, strict=True)]
