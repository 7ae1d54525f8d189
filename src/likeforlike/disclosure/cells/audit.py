"""Proof that a published table gives no sensitive cell away, whatever made the pattern.

Asked of everybody who sees the table, and of each person who is alone in a hidden cell and so knows that cell too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.cells.alone import Places, known_to_one
from likeforlike.disclosure.cells.attacker import Attacker, Range
from likeforlike.disclosure.cells.cells import Cells, Key
from likeforlike.disclosure.cells.suppress import Protection

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A sensitive cell of which too much can be worked out."""

    key: Key
    range: Range
    by: Key | None
    """A cell in which the person is alone who can do so; not given if everybody can."""


def audit_hidden(cells: Cells, protection: Protection, hidden: Mask) -> tuple[GivenAway, ...]:
    """What a table gives away in which some cells are hidden and all others are exact."""
    low = np.where(hidden, 0, cells.values).astype(np.float64)
    high = np.where(hidden, np.inf, cells.values)
    return audit(cells, protection, low, high)


def audit(cells: Cells, protection: Protection, low: Floats, high: Floats) -> tuple[GivenAway, ...]:
    """What is given away by a table of which a range is known for each cell.

    Parameters
    ----------
    cells, protection
        The true table, and what must stay possible.
    low, high
        (cells,), what is published: equal where a cell is shown, a rounding interval, or 0 and infinity.
    """
    found = list(_by(cells, protection, low, high, np.array([], dtype=np.intp)))
    for known in known_to_one(cells):
        if (low[known] < high[known]).any():
            told_low, told_high = low.copy(), high.copy()
            told_low[known] = told_high[known] = cells.values[known]
            found += _by(cells, protection, told_low, told_high, known)
    return tuple(found)


def _by(
    cells: Cells, protection: Protection, low: Floats, high: Floats, known: Places
) -> Iterator[GivenAway]:
    attacker = Attacker(cells.relations, low, high, cells.values.astype(np.float64))
    by = cells.keys[known[0]] if len(known) else None
    for cell in np.setdiff1d(np.flatnonzero(protection.sensitive), known):
        least, most = protection.least[cell], protection.most[cell]
        if not attacker.reaches(int(cell), float(least), float(most)):
            yield GivenAway(cells.keys[cell], attacker.range_of(int(cell)), by)
