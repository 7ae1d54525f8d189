"""Made-up rows of a department's tables, from what `records.toml` says of them: enough for every query to run."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from likeforlike.labs.definition import Lab, RecordColumn, RecordTable

PEOPLE, EACH = 60, 8
"""Persons, and rows of each in every table that refers to another."""
VINTAGE = date(2024, 12, 31)
BORN = (date(1950, 1, 1), date(2000, 12, 31))
HAPPENED = (date(2012, 1, 1), date(2024, 6, 30))
TYPES = {
    "text": pl.String,
    "date": pl.Date,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
}


def made_up_tables(lab: Lab) -> dict[str, pl.DataFrame]:
    """Every table of the lab: one row a person where it refers to no other, several where it does.

    The rows of a person refer to rows of the same person.
    """
    roots = {t.name for t in lab.records.table if not any(c.references for c in t.column)}
    rng = np.random.default_rng(1)
    made: dict[str, pl.DataFrame] = {}
    for table in lab.records.table:
        made[table.name] = _table(table, roots, rng, made)
    return made


def _table(
    table: RecordTable, roots: set[str], rng: np.random.Generator, made: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    size = PEOPLE if table.name in roots else PEOPLE * EACH
    first, last = BORN if table.name in roots else HAPPENED
    begun = rng.integers(0, (last - first).days, size)
    filled: dict[str, pl.Series] = {}
    for column in table.column:
        if column.type == "date":
            begun = np.minimum(begun + rng.integers(0, 900, size), (VINTAGE - first).days)
            values: list[object] = [first + timedelta(int(day)) for day in begun]
        else:
            values = _values(table, column, roots, size, rng)
        filled[column.name] = pl.Series(values, dtype=TYPES[column.type])
    frame = pl.DataFrame(filled)
    for column in table.column:
        parent = column.references.partition(".")[0]
        if parent in made and parent not in roots:
            frame = _no_later(frame, column, made[parent])
    return frame


def _no_later(frame: pl.DataFrame, column: RecordColumn, parent: pl.DataFrame) -> pl.DataFrame:
    """What leads to something is dated no later than it: an offence before its sentence."""
    mine, theirs = (f.select(pl.col(pl.Date)).columns for f in (frame, parent))
    if not mine or not theirs:
        return frame
    key = column.references.partition(".")[2]
    known = parent.select(pl.col(key).alias(column.name), pl.col(theirs[0]).alias("parent_date"))
    joined = frame.join(known.unique(column.name), on=column.name, how="left", maintain_order="left")
    return joined.with_columns(pl.min_horizontal(pl.col(n), "parent_date").alias(n) for n in mine).select(
        frame.columns
    )


def _values(
    table: RecordTable, column: RecordColumn, roots: set[str], size: int, rng: np.random.Generator
) -> list[object]:
    rows = np.arange(size)
    if column.references:
        other = column.references.partition(".")[0]
        one_each = other in roots
        rows = rows % PEOPLE if one_each else rows % PEOPLE + PEOPLE * rng.integers(0, EACH, size)
        return [_key(column.type, int(row)) for row in rows]
    if column.name in table.key:
        return [_key(column.type, int(row)) for row in rows]
    if column.codes:
        return list(rng.choice(np.array(column.codes), size))
    drawn = rng.integers(0, 5 if column.type == "text" else 100, size)
    if column.type == "boolean":
        return [bool(value < 50) for value in drawn]
    return [f"value {value}" if column.type == "text" else value for value in drawn.tolist()]


def _key(kind: str, row: int) -> object:
    return row if kind in ("integer", "number") else f"k{row:06d}"
