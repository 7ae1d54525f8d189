"""Which further cells to hide so that no sensitive one can be worked out: the pattern that hides the least.

An integer program over what to hide, to which the attacker's linear programs add an inequality whenever a pattern
does not protect a cell (Fischetti & Salazar-González 2001). Somebody who is alone in a hidden cell knows that cell, so
each of them is an attacker too (the singleton problem, *Handbook*, 4.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from likeforlike.disclosure.cells.alone import Places, known_to_one
from likeforlike.disclosure.cells.attacker import lp_of
from likeforlike.disclosure.cells.cells import Cells, Ints

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Protection:
    """What must stay possible for each sensitive cell, (cells,); nothing is asked of the others."""

    sensitive: Mask
    least: Ints
    """The cell must be able to be this little."""
    most: Ints
    """And this much."""

    @classmethod
    def below(cls, values: Ints, sensitive: Mask, threshold: int) -> Protection:
        """Nobody can tell that a sensitive cell is below the threshold, nor that it is not one less than it is."""
        return cls(sensitive, np.maximum(values - 1, 0), np.maximum(values, threshold))


def suppress(cells: Cells, protection: Protection, cost: Floats | None = None) -> Mask:
    """The cells to hide, sensitive ones and those hidden for their sake, of the smallest total cost.

    Parameters
    ----------
    cells
        The tables.
    protection
        What is to be protected.
    cost
        (cells,), what is lost with each cell; its people, at least 1, if not given. Infinite: never hidden.

    Raises
    ------
    ValueError
        No pattern protects every cell.
    """
    sensitive = np.flatnonzero(protection.sensitive)
    if not len(sensitive):
        return np.zeros(len(cells), dtype=bool)
    price = np.maximum(cells.values, 1).astype(np.float64) if cost is None else cost
    attack = _Attack(cells, int(protection.most.max()))
    rows, floors = _at_first(cells)
    while True:
        hidden = _cheapest(price, protection.sensitive, rows, floors)
        cuts = list(_unprotected(attack, cells, protection, hidden))
        if not cuts:
            return hidden
        rows = vstack([rows, csr_array(np.array(cuts))], format="csr")
        floors = np.concatenate([floors, np.ones(len(cuts))])


def _cheapest(price: Floats, sensitive: Mask, rows: csr_array, floors: Floats) -> Mask:
    never = np.isinf(price)
    if (never & sensitive).any():
        raise ValueError("A sensitive cell may not be hidden: the table cannot be published like this.")
    found = milp(
        np.where(never, 0.0, price),
        integrality=np.ones(len(price)),
        bounds=Bounds(sensitive.astype(float), 1.0 - never),
        constraints=LinearConstraint(rows, floors, np.inf),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise ValueError("Nothing that may be hidden protects every sensitive cell.")
    return np.asarray(found.x > 0.5)


def _at_first(cells: Cells) -> tuple[csr_array, Floats]:
    """In each sum a hidden cell has another beside it."""
    rows, columns, data, needed = [], [], [], 0
    for start, stop in pairwise(cells.relations.indptr):
        members = cells.relations.indices[start:stop].tolist()
        for cell in members:
            rows += [needed] * len(members)
            columns += members
            data += [-1.0 if other == cell else 1.0 for other in members]
            needed += 1
    return csr_array((data, (rows, columns)), shape=(needed, len(cells))), np.zeros(needed)


def _unprotected(attack: _Attack, cells: Cells, protection: Protection, hidden: Mask) -> Iterator[Floats]:
    """For each sensitive cell that this pattern gives away, what must hold of any that does not."""
    nobody = np.array([], dtype=np.intp)
    for known in (nobody, *known_to_one(cells)):
        attack.against(hidden, known)
        for cell in np.setdiff1d(np.flatnonzero(protection.sensitive), known).tolist():
            value = cells.values[cell]
            for sign, needed in ((-1, protection.most[cell] - value), (1, value - protection.least[cell])):
                if needed > 0 and (cut := attack.cut(cell, sign, float(needed))) is not None:
                    yield cut


class _Attack:
    """The attacker's program over how far each cell is from its true value, with bounds that follow the pattern."""

    def __init__(self, cells: Cells, most: int) -> None:
        self._down = cells.values.astype(np.float64)
        # far enough for what is asked of any cell: an attacker knows no upper bound that the sums do not give
        self._up = np.full(len(cells), float(cells.values.sum() + most))
        zeros = np.zeros(cells.relations.shape[0])
        self._model = lp_of(cells.relations.tocsc(), zeros, -self._down, self._up, whole=False)
        self._reached = np.zeros(len(cells)), np.zeros(len(cells))
        self._columns = np.arange(len(cells), dtype=np.int32)
        self._last = 0
        self._known: Places = np.array([], dtype=np.intp)

    def against(self, hidden: Mask, known: Places) -> None:
        """Take a pattern for published, and some of its hidden cells for known."""
        open_cells = hidden.copy()
        open_cells[known] = False
        self._known, self._reached = known, (np.zeros(len(hidden)), np.zeros(len(hidden)))
        self._model.changeColsBounds(
            len(hidden), self._columns, -self._down * open_cells, self._up * open_cells
        )

    def cut(self, cell: int, sign: int, needed: float) -> Floats | None:
        """Nothing if the cell can be that much more (sign -1) or less (1); else coefficients of hidden cells that
        must add up to at least 1.
        """
        reached = self._reached[sign > 0]
        if reached[cell] >= needed - TINY:
            return None
        self._model.changeColCost(self._last, 0.0)
        self._model.changeColCost(cell, float(sign))
        self._last = cell
        self._model.run()
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("The pattern to hide could not be worked out.")
        found = self._model.getSolution()
        moved = np.array(found.col_value)
        np.maximum(self._reached[0], moved, out=self._reached[0])
        np.maximum(self._reached[1], -moved, out=self._reached[1])
        if reached[cell] >= needed - TINY:
            return None
        # what one more hidden cell is worth: its reduced cost times how far it can move (the dual of the bounds)
        worth = np.array(found.col_dual) * -1.0
        gain = np.where(worth > TINY, worth * self._up, 0.0) - np.where(
            worth < -TINY, worth * self._down, 0.0
        )
        gain[self._known] = 0.0
        return np.minimum(gain / needed, 1.0)
