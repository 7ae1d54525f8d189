"""People as spells see them, and their spells as columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Floats = NDArray[np.float64]
YEAR = 365.25
FOREVER = 10**7
"""The day on which a spell that nothing ends is over."""


def totals(person: NDArray[np.int64], values: NDArray[Any], people: int) -> Floats:
    """The sum of the values of each person."""
    found: Floats = np.bincount(person, values.astype(np.float64), minlength=people).astype(np.float64)
    return found


@dataclass(frozen=True, slots=True)
class Lives:
    """One entry a person; days are counted from 1970-01-01."""

    male: NDArray[np.bool_]
    born: Days
    home: NDArray[np.int64]
    begin: Days
    """The first day that the records know."""
    state: NDArray[np.int64]
    """The state on that day."""
    frailty: Floats
    chance: Floats
    """From 0 to 1: when the person may join a programme."""
    traits: NDArray[np.bool_]
    """(people, traits)"""

    def take(self, rows: NDArray[Any]) -> Lives:
        """The people at these positions, or where this mask is true."""
        return Lives(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def terms(self, day: Days) -> Floats:
        """(people, terms) in the order of `OWN_TERMS`, then the traits; ages are those of the day."""
        age = ((day - self.born) / YEAR - 40) / 10
        return np.column_stack([self.frailty, ~self.male, age, age**2, self.traits]).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Spells:
    """Times in a state, from `start` to the day before `stop`."""

    person: NDArray[np.int64]
    state: NDArray[np.int64]
    start: Days
    stop: Days

    def __len__(self) -> int:
        return len(self.person)

    def take(self, rows: NDArray[Any]) -> Spells:
        """The rows at these positions, or where this mask is true."""
        return Spells(*(getattr(self, f.name)[rows] for f in fields(self)))

    def sorted(self) -> Spells:
        """By person and time."""
        return self.take(np.lexsort((self.start, self.person)))

    def on(self, day: Days) -> NDArray[np.int64]:
        """Rows that hold the day of their person (`day` by person), sorted by person: one a person."""
        held = (self.start <= day[self.person]) & (day[self.person] < self.stop)
        rows = np.flatnonzero(held)
        return rows[np.argsort(self.person[rows], kind="stable")]

    def days_between(self, first: Days, last: Days) -> Days:
        """Days of each spell from the first day to the one before the last, both by row."""
        inside: Days = np.maximum(np.minimum(self.stop, last) - np.maximum(self.start, first), 0)
        return inside


def joined(parts: Sequence[Spells]) -> Spells:
    """All rows of all parts."""
    return Spells(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Spells)))
