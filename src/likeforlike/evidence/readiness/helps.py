"""What would help: more people, waiting, joining others, filling in what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from likeforlike.evidence.readiness.seen import Seen
from likeforlike.evidence.readiness.when import Due
from likeforlike.intake.cohort import Cohort
from likeforlike.labs.definition import Lab

PARTNERS = (2, 4)
"""Services of the same size that might join."""


@dataclass(frozen=True, slots=True)
class Together:
    """So many services of this size under one plan, and the smallest effect they would show."""

    services: int
    smallest: float


@dataclass(frozen=True, slots=True)
class Missing:
    """A column that helps to find people, and how many rows lack it."""

    label: str
    rows: int


@dataclass(frozen=True, slots=True)
class Helps:
    """Everything that would help, by what it is."""

    list_for: tuple[tuple[float, int], ...]
    """For each effect of the first measure: people on the list that would likely show it."""
    together: tuple[Together, ...]
    waiting: int
    """People whose outcomes are not settled yet."""
    missing: tuple[Missing, ...]
    without_date: int


def helps(
    cohort: Cohort, first: Seen | None, analysed: float, share: float, settled: Due | None, dated: int
) -> Helps:
    """What would help this list.

    Parameters
    ----------
    first
        The first headline measure.
    analysed, share
        People likely analysed, and their likely share of the list.
    dated
        People with a date to follow them from.
    """
    waiting = 0 if settled is None else dated - settled.ready
    known = helps_any(first, analysed, share)
    return replace(
        known, waiting=waiting, missing=_missing(cohort), without_date=cohort.people.height - dated
    )


def helps_any(first: Seen | None, analysed: float, share: float) -> Helps:
    """What would help any list of a size, whatever is on it."""
    if first is None:
        return Helps((), (), 0, (), 0)
    listed = tuple((c.effect, round(c.needed / share)) for c in first.chances)
    together = tuple(Together(n, first.smallest_of(n * max(analysed, 1.0))) for n in PARTNERS)
    return Helps(listed, together, 0, (), 0)


def _missing(cohort: Cohort) -> tuple[Missing, ...]:
    """Columns that linkage uses and that some rows lack, the emptiest first."""
    lab: Lab = cohort.lab
    used = dict.fromkeys(field.cohort for field in lab.linkage.field)
    empty = {name: cohort.people.select(pl.col(name).is_null().sum()).item() for name in used}
    found = [Missing(lab.columns.get(name).label, int(rows)) for name, rows in empty.items() if rows]
    return tuple(sorted(found, key=lambda m: -m.rows))
