"""Several lists out of the twin's one, of people who are on none of the others."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from likeforlike.intake import read_cohort
from likeforlike.labs import Lab

HEADINGS_CHANGED = {"Date of birth": "When born", "Surname": "Nachname"}
"""In the list whose columns have to be matched by hand."""


def tidy_lists(source: Path, lab: Lab, number: int) -> list[bytes]:
    """The people of the twin's programme who have no problem in any cell, dealt out into CSVs of equal size."""
    cohort = read_cohort(source, lab)
    bad = cohort.problems.frame.get_column("row").drop_nulls()
    people = cohort.people.filter(~pl.col("row").is_in(bad.implode())).drop("participant", "row")
    labels = {column.name: column.label for column in lab.columns.column if column.name in people.columns}
    people = people.rename(labels).with_columns(pl.selectors.date().dt.to_string("%d/%m/%Y"))
    size = people.height // number
    return [people.slice(place * size, size).write_csv().encode() for place in range(number)]


def untidy(content: bytes) -> bytes:
    """The list with mistakes of every kind in it."""
    frame = pl.read_csv(io.BytesIO(content), infer_schema=False)
    place = pl.int_range(pl.len())
    birth = pl.col("Date of birth")
    frame = frame.with_columns(
        pl.when(place == 3)
        .then(pl.lit("31/02/1990"))
        .when(place % 17 == 5)
        .then(None)
        .otherwise(birth)
        .alias("Date of birth"),
        pl.when(place % 23 == 7).then(pl.lit("x")).otherwise(pl.col("Gender")).alias("Gender"),
    )
    return frame.write_csv().encode()


def oddly_headed(content: bytes) -> bytes:
    """The list under headings that nobody could know."""
    return pl.read_csv(io.BytesIO(content), infer_schema=False).rename(HEADINGS_CHANGED).write_csv().encode()
