"""What is wrong with a provider's file: one line a problem, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

Severity = Literal["must_fix", "please_confirm"]
MUST_FIX: Severity = "must_fix"
PLEASE_CONFIRM: Severity = "please_confirm"

SCHEMA: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "message": pl.String,
    "remedy": pl.String,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix or to confirm.

    `row` is the number a spreadsheet shows, `None` when the problem is of a whole column or file; `column` is
    the label of the lab's column. Only `value` may hold what a person's cell says: message and remedy never.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None = field(repr=False)
    code: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, eq=False, repr=False)
class Problems:
    """All problems of a file, whole-file ones first, then by row and column."""

    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Problems: {len(self.of(MUST_FIX)):,} to fix, {len(self.of(PLEASE_CONFIRM)):,} to confirm>"

    def __len__(self) -> int:
        return self.frame.height

    def __iter__(self) -> Iterator[Problem]:
        for row in self.frame.iter_rows():
            yield Problem(*row)

    def of(self, severity: Severity) -> Problems:
        """The problems of one severity."""
        return Problems(self.frame.filter(pl.col("severity") == severity))

    def counts(self) -> pl.DataFrame:
        """One row a kind of problem and column.

        Returns
        -------
        DataFrame
            Columns `column, code, severity, message, remedy, count, rows` (row numbers), in the file's order.
        """
        kinds = ["column", "code", "severity", "message", "remedy"]
        return self.frame.group_by(kinds, maintain_order=True).agg(
            pl.len().alias("count"), pl.col("row").drop_nulls().alias("rows")
        )

    def listed(self) -> list[dict[str, Any]]:
        """Every problem with its cells, for whoever sent the list: one a kind and column, ready for JSON.

        Returns
        -------
        list of dict
            As `counts` gives them, but `rows` holds a `row` and a `value` for each cell; problems of a whole
            column or file have one without a row.
        """
        kinds = ["file", "column", "code", "severity", "message", "remedy"]
        cells = pl.struct("row", "value").alias("rows")
        grouped = self.frame.group_by(kinds, maintain_order=True).agg(pl.len().alias("count"), cells)
        listed: list[dict[str, Any]] = grouped.to_dicts()
        return listed


def counted(number: int, noun: str) -> str:
    """A number and its noun: "1 row", "1,200 rows"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def one_problem(
    code: str,
    severity: Severity,
    message: str,
    remedy: str,
    *,
    column: str | None = None,
    row: int | None = None,
    value: str | None = None,
) -> pl.DataFrame:
    """A problem of a whole column or file, as a frame of one row with the columns of `SCHEMA`."""
    return pl.DataFrame(
        [(None, row, column, value, code, severity, message, remedy)], schema=SCHEMA, orient="row"
    )


def row_problems(
    rows: pl.Series, code: str, severity: Severity, message: str, remedy: str, *, column: str | None = None
) -> pl.DataFrame:
    """The same problem on each of these rows (Int64), with the columns of `SCHEMA`."""
    problem = one_problem(code, severity, message, remedy, column=column)
    each = pl.DataFrame({"row": rows}, schema={"row": pl.Int64})
    return problem.drop("row").join(each, how="cross").select(problem.columns)


def no_problems() -> pl.DataFrame:
    """An empty frame with the columns of `SCHEMA`."""
    return pl.DataFrame(schema=SCHEMA)


def gather(file: str, frames: Iterable[pl.DataFrame], columns: Iterable[str]) -> Problems:
    """Put problems found in different places into one ordered list.

    Parameters
    ----------
    file
        Name of the provider's file.
    frames
        Frames with the columns of `SCHEMA`; their `file` is filled in here.
    columns
        Labels in the lab's order, which becomes the order within a row.
    """
    place = {label: number for number, label in enumerate(columns)}
    frame = pl.concat([no_problems(), *frames]).with_columns(pl.lit(file).alias("file"))
    order = pl.col("column").replace_strict(place, default=-1, return_dtype=pl.Int64)
    return Problems(frame.sort("row", order, "code", nulls_last=False, maintain_order=True))
