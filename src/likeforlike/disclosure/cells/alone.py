"""People who are alone in a cell: each knows that cell, and every total and part that holds nobody else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from likeforlike.disclosure.cells.cells import Cells

Places = NDArray[np.intp]


def known_to_one(cells: Cells) -> tuple[Places, ...]:
    """For each person who is alone in a cell, the cells that this person knows."""
    # in a sum of one person, that person knows the total and all its parts; the empty ones others may know too
    of_one = cells.relations[(cells.relations > 0) @ cells.values == 1]
    alone = cells.values == 1
    through = abs(of_one) * alone
    label = connected_components(csr_array(through.T @ through), directed=False)[1]
    found = []
    for one in np.unique(label[alone]):
        own = alone & (label == one)
        sums = abs(of_one) @ own.astype(np.int64) > 0
        found.append(np.flatnonzero(own | (abs(of_one).T @ sums.astype(np.int64) > 0)))
    return tuple(found)
