"""The example row of the template, which is never a person."""

from __future__ import annotations

import polars as pl

from likeforlike.intake.values import read_values
from likeforlike.labs.definition import Lab

COPIED = ("name", "identifier", "postcode")
"""Kinds of column whose example comes back letter for letter from any spreadsheet program."""


def example_rows(cells: pl.DataFrame, lab: Lab) -> pl.Series:
    """Row numbers on which every column says what the lab's example says.

    Parameters
    ----------
    cells
        `row` and the text of each lab column that the file has; the others cannot differ.
    lab
        Whose examples are looked for.

    Returns
    -------
    Series
        Int64. Empty when the file lacks a required column that has an example.
    """
    present = [column for column in lab.columns.column if column.name in cells.columns]
    lacking = [c for c in lab.columns.column if c.required and c.example and c not in present]
    copied = [column for column in present if column.example and column.kind in COPIED]
    if lacking or not copied:
        return pl.Series([], dtype=pl.Int64)
    # few rows can be the example, and only those are read in full
    alike = cells.filter(pl.col(c.name).str.strip_chars() == c.example for c in copied)
    if alike.is_empty():
        return pl.Series([], dtype=pl.Int64)
    example = pl.DataFrame({"row": [0]} | {c.name: [c.example] for c in present})
    values, _ = read_values(pl.concat([example, alike]), lab)
    said = values.row(0, named=True)
    types = values.schema
    same = [pl.col(c.name).eq_missing(pl.lit(said[c.name], dtype=types[c.name])) for c in present]
    return values.slice(1).filter(same).get_column("row")
