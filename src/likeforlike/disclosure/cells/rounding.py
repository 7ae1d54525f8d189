"""Rounding that keeps a table additive: controlled rounding (Cox 1987), the nearest of all that add up.

Multiples of the base stay as they are and every other cell goes to one of its two neighbours; only where no such
table adds up may cells move further.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, eye_array, hstack, vstack

from likeforlike.disclosure.cells.cells import Cells, Ints

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Rounded:
    """A table in multiples of a base that adds up."""

    values: Ints
    base: int
    steps: int
    """How many multiples beyond its neighbours a cell may have moved."""

    def ranges(self) -> tuple[Ints, Ints]:
        """The least and the most that each cell can have been, for somebody who knows how it was rounded."""
        reach = (self.steps + 1) * self.base - 1
        return np.maximum(self.values - reach, 0), self.values + reach


def controlled(cells: Cells, base: int) -> Rounded:
    """The additive table of multiples with the least total deviation.

    Raises
    ------
    ValueError
        Within `MOST_STEPS` there is none.
    """
    for steps in range(MOST_STEPS + 1):
        found = _nearest(cells, base, steps)
        if found is not None:
            return Rounded(found, base, steps)
    raise ValueError("No rounded table adds up.")


def _nearest(cells: Cells, base: int, steps: int) -> Ints | None:
    """Multiples k and deviations d of least sum, with d ≥ |base k - value|."""
    size, values = len(cells), cells.values.astype(np.float64)
    floor = cells.values // base
    exact = (cells.values % base == 0) & (steps == 0)
    lowest, highest = np.maximum(floor - steps, 0), np.where(exact, floor, floor + 1 + steps)
    one = eye_array(size)
    sums = hstack([cells.relations, coo_array((cells.relations.shape[0], size))])
    beyond = vstack([hstack([base * one, -one]), hstack([-base * one, -one])], format="csr")
    found = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        integrality=np.concatenate([np.ones(size), np.zeros(size)]),
        bounds=Bounds(
            np.concatenate([lowest, np.zeros(size)]), np.concatenate([highest, np.full(size, np.inf)])
        ),
        constraints=[
            LinearConstraint(sums.tocsr(), 0, 0),
            LinearConstraint(beyond, -np.inf, np.concatenate([values, -values])),
        ],
    )
    return None if found.x is None else base * np.rint(found.x[:size]).astype(np.int64)
