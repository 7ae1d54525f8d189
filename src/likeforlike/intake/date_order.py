"""Whether a column of dates in figures is days first, or was written months first after all.

03/04/1990 cannot tell; 27/03/1990 proves days first and 03/27/1990 months first. The column is judged by all
of them together and asked about once, because a whole list comes from one computer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from likeforlike.intake.checks import Check
from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM, counted, one_problem
from likeforlike.labs.definition import Column

ENOUGH = 5
"""Dates that could be either; by chance, this many have no day after the 12th once in a hundred times."""
ORDER_UNKNOWN = "order_unknown"
WRITE = "Write days first, like 27/03/1990, or year first, like 1990-03-27."


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many dates in figures prove each order, and how many could be either."""

    days_first: int
    months_first: int
    either: int
    real: int
    """Dates that a spreadsheet may have turned into real ones the wrong way round."""

    @property
    def months(self) -> bool:
        """Whether the column is months first throughout."""
        return self.months_first > 0 and self.days_first == 0

    @property
    def proof(self) -> bool | None:
        """Whether days come first, `None` where no date tells."""
        return None if not self.days_first and not self.months_first else not self.months_first


def months_first() -> pl.Expr:
    """Whether a date in figures makes sense only with the month before the day."""
    figures = (pl.col("form") == "figures").fill_null(False)
    return figures & pl.col("m").is_between(13, 31) & pl.col("d").is_between(1, 12)


def evidence(parts: pl.DataFrame) -> Evidence:
    """Count the evidence in a column taken apart by `parse_dates`."""
    figures = pl.col("form") == "figures"
    day, month = pl.col("d"), pl.col("m")
    counts = parts.select(
        days_first=(figures & (day > 12) & (day <= 31) & month.is_between(1, 12)).sum(),
        months_first=months_first().sum(),
        either=(figures & day.is_between(1, 12) & month.is_between(1, 12) & (day != month)).sum(),
        real=((pl.col("form") == "iso") & day.is_between(1, 12) & (day != month)).sum(),
    )
    return Evidence(*counts.row(0))


def order_checks(seen: Evidence, column: Column) -> Iterator[Check]:
    """Single dates written months first; where the whole column is, they are not told one by one."""
    if not seen.months:
        yield Check(
            "months_first",
            MUST_FIX,
            months_first(),
            f"'{column.label}' has no such month; the month may stand before the day.",
            WRITE,
        )


def order_problems(parts: pl.DataFrame, seen: Evidence, column: Column) -> Iterator[pl.DataFrame]:
    """The question that a column as a whole raises, if any."""
    unclear = seen.either + seen.real
    if seen.months:
        first = parts.filter(months_first()).item(0, "row")
        more = f"; {unclear:,} more could be either" if unclear else ""
        yield one_problem(
            "months_first_column",
            MUST_FIX,
            f"'{column.label}' has the month before the day in {counted(seen.months_first, 'row')}, "
            f"the first of them row {first}{more}.",
            f"Change the whole column. {WRITE}",
            column=column.label,
        )
    elif seen.months_first and unclear:
        yield one_problem(
            "mixed_order",
            PLEASE_CONFIRM,
            f"'{column.label}' has the month before the day in {counted(seen.months_first, 'row')}, "
            f"so {counted(unclear, 'date')} that could be either may be wrong too.",
            "Check a few against your own records, then confirm that the others have the day first.",
            column=column.label,
        )
    elif not seen.days_first and seen.either >= ENOUGH:
        yield one_problem(
            ORDER_UNKNOWN,
            PLEASE_CONFIRM,
            f"'{column.label}' has no date that shows whether the day or the month comes first; "
            "we read days first.",
            "Confirm that the day comes first, like 27/03/1990.",
            column=column.label,
        )
