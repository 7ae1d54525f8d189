"""When the outcomes of the people on a list will be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from likeforlike.intake.cohort import Cohort


@dataclass(frozen=True, slots=True)
class Due:
    """So many months after the date of each person: when that is for half of them, and for all."""

    months: int
    what: str
    """`outcome`: it can have happened; `settled`: it is known too."""
    half: date
    all: date
    ready: int
    """People for whom that is so by today."""


def index_dates(cohort: Cohort) -> pl.Series:
    """Each person's date from which they are followed, as far as the list tells; empty where it tells none.

    Of the dates by which the lab finds the index event, the first that is filled in. A release after a programme in
    prison is not on the list, so that the true date may be later.
    """
    columns = list(dict.fromkeys(anchor.column for anchor in cohort.lab.head.follow_up.anchor))
    return cohort.people.select(told=pl.coalesce(columns)).get_column("told")


def due(cohort: Cohort, today: date) -> tuple[Due, ...]:
    """The dates at which follow-up ends and at which outcomes are settled; nothing where no date is known."""
    dates = index_dates(cohort).drop_nulls()
    rules = cohort.lab.head.follow_up
    if dates.is_empty():
        return ()
    settled = rules.months + rules.settle_months
    steps = ((rules.months, "outcome"), (settled, "settled"))
    return tuple(
        _due(dates, months, what, today) for months, what in steps if what == "settled" or rules.settle_months
    )


def _due(dates: pl.Series, months: int, what: str, today: date) -> Due:
    ends = dates.dt.offset_by(f"{months}mo").sort()
    return Due(months, what, ends[(len(ends) - 1) // 2], ends[-1], int((ends <= today).sum()))
