"""Occasions: one row for each time that a person was dealt with, as columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = ("custody", "court order", "fine", "discharge", "caution")
CUSTODY, ORDER, FINE, DISCHARGE, CAUTION = range(5)
Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lives:
    """People as careers see them; days are counted from 1970-01-01."""

    male: NDArray[np.bool_]
    born: Days
    home: NDArray[np.int64]
    """Position of the home region."""
    entry: Days
    """Day of the first proven offence."""

    def take(self, rows: NDArray[Any]) -> Lives:
        """The people at these positions, or where this mask is true."""
        return Lives(self.male[rows], self.born[rows], self.home[rows], self.entry[rows])


@dataclass(frozen=True, slots=True)
class Past:
    """What a court knows of people: sanctions before, and the day of the first (None at the first)."""

    person: NDArray[np.int64]
    earlier: NDArray[np.int64]
    custodies: NDArray[np.int64]
    orders: NDArray[np.int64]
    first_day: Days | None


@dataclass(frozen=True, slots=True)
class Occasions:
    """Times that people were dealt with, in no particular order.

    `person` is the person's position among the lives; `earlier`, `custodies` and `orders` count the person's
    sanctions before this one; `first_day` is the day of the first sanction; `custody_days` is 0 without
    custody.
    """

    person: NDArray[np.int64]
    earlier: NDArray[np.int64]
    custodies: NDArray[np.int64]
    orders: NDArray[np.int64]
    first_day: Days
    offence_day: Days
    disposal_day: Days
    index_day: Days
    kind: NDArray[np.int64]
    group: NDArray[np.int64]
    custody_days: NDArray[np.int64]
    region: NDArray[np.int64]
    breach: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.person)

    def take(self, rows: NDArray[Any]) -> Occasions:
        """The rows at these positions, or where this mask is true."""
        return Occasions(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def with_person(self, person: NDArray[np.int64]) -> Occasions:
        """The same rows with the people renumbered."""
        columns = {f.name: getattr(self, f.name) for f in fields(self)}
        return Occasions(**(columns | {"person": person}))


def join(parts: Sequence[Occasions]) -> Occasions:
    """All rows of all parts."""
    return Occasions(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Occasions)}
    )
