"""A check of one cell: when it is wrong, what is said, and whether its value is still used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from likeforlike.intake.problems import SCHEMA, Severity


@dataclass(frozen=True, slots=True)
class Check:
    """What makes a cell wrong, and what is said about it."""

    code: str
    severity: Severity
    when: pl.Expr
    """Over `text` (tidy, null if missing), `value` (canonical) and what the column's kind adds."""
    message: str
    remedy: str
    keeps: bool = False
    """Whether the value is used all the same."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A column as its kind reads it, before the checks are applied."""

    cells: pl.DataFrame
    """`row`, `raw` (as in the file), `filled` (not blank), `text`, `value` and what the checks use."""
    checks: Sequence[Check]
    """In the order in which they apply."""
    whole: Sequence[pl.DataFrame] = ()
    """Problems of the column as a whole."""
    days_first: bool | None = None
    """For dates: whether the column proves that days come first; `None` where it cannot tell."""


def apply_checks(cells: pl.DataFrame, label: str, checks: Sequence[Check]) -> tuple[pl.Series, pl.DataFrame]:
    """The values that pass and the problems of those that do not; each cell has at most its first problem.

    Parameters
    ----------
    cells
        One row a cell with `row`, `raw` (as in the file), `filled`, `text`, `value` and what the checks use.
    label
        The column's label.
    checks
        In the order in which they apply.

    Returns
    -------
    Series, DataFrame
        Values, and problems with the columns of `problems.SCHEMA`.
    """
    numbered = [pl.when(check.when).then(pl.lit(i, dtype=pl.Int32)) for i, check in enumerate(checks)]
    failed = pl.coalesce(pl.lit(None, dtype=pl.Int32), *numbered)
    lost = [i for i, check in enumerate(checks) if not check.keeps]
    judged = cells.with_columns(failed.alias("check")).with_columns(
        pl.when(~pl.col("check").is_in(lost).fill_null(False)).then("value").alias("value")
    )
    said = pl.DataFrame(
        [(i, label, c.code, c.severity, c.message, c.remedy) for i, c in enumerate(checks)],
        schema={"check": pl.Int32}
        | {k: SCHEMA[k] for k in ("column", "code", "severity", "message", "remedy")},
        orient="row",
    )
    wrong = judged.filter(pl.col("check").is_not_null()).join(said, on="check", maintain_order="left")
    problems = wrong.select(
        pl.lit(None, dtype=pl.String).alias("file"),
        "row",
        "column",
        pl.when("filled").then("raw").alias("value"),
        *("code", "severity", "message", "remedy"),
    )
    return judged.get_column("value"), problems
