"""Reads the cells of each lab column into canonical values, by the column's kind."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import polars as pl

from likeforlike.intake.checks import Check, Reading, apply_checks
from likeforlike.intake.codes import choice_labels, read_choice, read_identifier, read_postcode
from likeforlike.intake.date_order import ORDER_UNKNOWN
from likeforlike.intake.dates import read_date
from likeforlike.intake.missing import known_text, tidy
from likeforlike.intake.names import read_name, read_text
from likeforlike.intake.problems import MUST_FIX, row_problems
from likeforlike.labs.definition import AnyOf, Column, Lab

Reader = Callable[[pl.DataFrame, Column], Reading]
"""Takes `row, raw, text, filled` of a column; `text` is tidy, and null where the cell says nothing."""

READERS: dict[str, Reader] = {
    "name": read_name,
    "text": read_text,
    "choice": read_choice,
    "identifier": read_identifier,
    "postcode": read_postcode,
    "date": read_date,
}
TYPES: dict[str, type[pl.DataType]] = {"date": pl.Date}


@dataclass(frozen=True, slots=True)
class Hints:
    """Why a cell may be empty although the provider sees something in it."""

    formulas: bool = False
    merged: dict[str, frozenset[int]] = field(default_factory=dict)


def read_values(
    cells: pl.DataFrame, lab: Lab, hints: Hints | None = None
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Read text into values.

    Parameters
    ----------
    cells
        `row` and the text of each lab column that the file has.
    lab
        Whose columns are read.
    hints
        What makes empty cells likely.

    Returns
    -------
    DataFrame, list of DataFrame
        `row` and every lab column in the lab's order (null throughout where the file has none), and the
        problems found.
    """
    hints = hints or Hints()
    rows = cells.get_column("row")
    listed = [column for column in lab.columns.column if column.name in cells.columns]
    with ThreadPoolExecutor() as pool:
        read = list(pool.map(lambda column: _read_column(cells, column, hints), listed))
    values = {"row": rows} | {
        column.name: pl.Series([None] * cells.height, dtype=TYPES.get(column.kind, pl.String))
        for column in lab.columns.column
    }
    values |= {column.name: one.values for column, one in zip(listed, read, strict=True)}
    texts = {column.name: one.reading.cells["text"] for column, one in zip(listed, read, strict=True)}
    problems = [one.problems for one in read] + _whole([one.reading for one in read])
    problems += [_nothing_given(rows, texts, rule, lab) for rule in lab.columns.any_of]
    return pl.DataFrame(values), problems


@dataclass(frozen=True, slots=True)
class _ReadColumn:
    reading: Reading
    values: pl.Series
    problems: pl.DataFrame


def _read_column(cells: pl.DataFrame, column: Column, hints: Hints) -> _ReadColumn:
    raw = cells.get_column(column.name)
    text, filled = known_text(raw, column.kind), tidy(raw) != ""
    frame = pl.DataFrame({"row": cells["row"], "raw": raw, "text": text, "filled": filled})
    reading = READERS[column.kind](frame, column)
    checks = [*_empty(column, hints), *reading.checks]
    return _ReadColumn(reading, *apply_checks(reading.cells, column.label, checks))


def _whole(readings: list[Reading]) -> list[pl.DataFrame]:
    """Problems of whole columns; one column that proves days first settles the order for all."""
    whole = [problem for reading in readings for problem in reading.whole]
    orders = {reading.days_first for reading in readings}
    if True in orders and False not in orders:
        return [problem for problem in whole if problem.item(0, "code") != ORDER_UNKNOWN]
    return whole


def _empty(column: Column, hints: Hints) -> list[Check]:
    """Checks that a required cell is filled, with the likeliest reason first."""
    if not column.required:
        return []
    empty = pl.col("text").is_null() & ~pl.col("filled")
    fill = "Fill it in, or leave the person out of the list."
    message = f"'{column.label}' is needed and this cell is empty."
    checks = [_says_nothing(column), Check("missing", MUST_FIX, empty, message, fill)]
    if hints.formulas:
        formula = f"'{column.label}' is needed and this cell is empty, or holds a formula without a result."
        paste = "If it is a formula, copy the column and paste it back as values; if not, fill it in."
        failed = pl.col("text").is_null() & pl.col("raw").str.starts_with("#")
        checks.insert(0, Check("missing_formula", MUST_FIX, empty | failed, formula, paste))
    merged = hints.merged.get(column.name)
    if merged:
        inside = empty & pl.col("row").is_in(sorted(merged))
        unmerge = "Unmerge the cells and fill in every row."
        part = f"'{column.label}' is needed and this cell is part of a merged block."
        checks.insert(0, Check("missing_merged", MUST_FIX, inside, part, unmerge))
    return checks


def _says_nothing(column: Column) -> Check:
    """A required cell that is filled with what means that nothing is known, such as "Unknown"."""
    unknown = pl.col("text").is_null() & pl.col("filled")
    message = f"'{column.label}' is needed and what this cell says does not tell it."
    remedy = "Write what it is, or leave the person out of the list."
    if column.choices:
        offered = ", ".join(f"'{text}'" for text in choice_labels(column))
        message = f"'{column.label}' is needed and this cell says none of {offered}."
        remedy = f"Write one of {offered}, or leave the person out of the list."
    return Check("says_nothing", MUST_FIX, unknown, message, remedy)


def _nothing_given(rows: pl.Series, texts: dict[str, pl.Series], rule: AnyOf, lab: Lab) -> pl.DataFrame:
    """Rows in which every column of a rule is empty; unreadable values have a problem of their own."""
    columns = [lab.columns.get(name) for name in rule.columns]
    empty = pl.Series([True]).new_from_index(0, len(rows))
    for name in rule.columns:
        if name in texts:
            empty &= texts[name].is_null()
    labels = ", ".join(f"'{column.label}'" for column in columns)
    return row_problems(
        rows.filter(empty),
        "nothing_given",
        MUST_FIX,
        f"The row {rule.message}.",
        f"Fill in at least one of {labels}.",
        column=columns[0].label,
    )
