"""What can be worked out about each cell from the sums and from what is known of the others: exact bounds.

The linear programs of Fischetti & Salazar-González (2001), *Solving the cell suppression problem on tabular data with
linear constraints*, Management Science 47(7), over whole numbers: where the sums form a network the linear bounds are
whole already, elsewhere integer programs give them. A possibility found once counts for every cell, so most questions
need no program of their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
ROUNDING = 1e-6
"""HiGHS satisfies equations to within 1e-7."""


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a cell can be."""

    least: float
    most: float


class Attacker:
    """Somebody who knows the sums, and of each cell at least a range.

    Parameters
    ----------
    relations
        (sums, cells); `relations @ values` is zero.
    low, high
        (cells,), what is known of each: equal where it is shown, 0 and infinity where nothing is known.
    possible
        (cells,), one possibility if it is known, such as the true values: it saves work.
    """

    def __init__(
        self, relations: csr_array, low: Floats, high: Floats, possible: Floats | None = None
    ) -> None:
        self._low, self._high = low.astype(np.float64), high.astype(np.float64)
        # far beyond what is asked of any cell, so that a program without an answer is never taken for one without end
        self._ceiling = 10 * float(np.max(self._high, where=np.isfinite(self._high), initial=0)) + 1_000
        # what has been seen to be possible of each cell so far
        self._least = self._high.copy() if possible is None else possible.astype(np.float64)
        self._most = self._low.copy() if possible is None else possible.astype(np.float64)
        self._parts = dict(_parts(relations, self._low, np.minimum(self._high, self._ceiling)))

    def range_of(self, cell: int) -> Range:
        """Exact bounds of a cell."""
        if cell not in self._parts:
            return Range(float(self._low[cell]), float(self._high[cell]))
        return Range(self._extreme(cell, 1), self._extreme(cell, -1))

    def reaches(self, cell: int, least: float, most: float) -> bool:
        """Whether, for all that is known, the cell can be as little as `least`, and as much as `most`."""
        return self._falls_to(cell, least) and self._rises_to(cell, most)

    def _falls_to(self, cell: int, least: float) -> bool:
        return self._least[cell] <= least or self._extreme(cell, 1) <= least

    def _rises_to(self, cell: int, most: float) -> bool:
        return self._most[cell] >= most or self._extreme(cell, -1) >= most

    def _extreme(self, cell: int, sign: int) -> float:
        if cell not in self._parts:
            return float(self._low[cell] if sign > 0 else self._high[cell])
        part = self._parts[cell]
        found, values = part.extreme(cell, sign)
        found = math.inf if found >= self._ceiling else found
        if values is not None:
            self._least[part.cells] = np.minimum(self._least[part.cells], values)
            self._most[part.cells] = np.maximum(self._most[part.cells], values)
        return found


@dataclass(slots=True)
class _Part:
    """Cells that hang together, as one program."""

    cells: Places
    model: highspy.Highs
    place: dict[int, int]
    known: dict[tuple[int, int], float] = field(default_factory=dict)
    last: int = -1

    def extreme(self, cell: int, sign: int) -> tuple[float, Floats | None]:
        """The least (sign 1) or the most (-1) of a cell, and values of all the part's cells at that point."""
        if (cell, sign) in self.known:
            return self.known[cell, sign], None
        column = self.place[cell]
        if self.last >= 0:
            self.model.changeColCost(self.last, 0.0)
        self.model.changeColCost(column, float(sign))
        self.last = column
        self.model.run()
        status = self.model.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(
                f"The audit could not be finished: {self.model.modelStatusToString(status)}."
            )
        values = np.array(self.model.getSolution().col_value)
        # never a bound tighter than the truth for want of digits
        found = values[column]
        found = math.floor(found + ROUNDING) if sign > 0 else math.ceil(found - ROUNDING)
        self.known[cell, sign] = float(found)
        return float(found), np.round(values, 9)


def _parts(relations: csr_array, low: Floats, high: Floats) -> list[tuple[int, _Part]]:
    open_cells = np.flatnonzero(low < high)
    if not len(open_cells):
        return []
    sums = -(relations @ np.where(low < high, 0.0, low))
    inside = csc_array(relations)[:, open_cells]
    both = csr_array(abs(inside).T @ abs(inside))
    count, label = connected_components(both, directed=False)
    found = []
    for i in range(count):
        columns = np.flatnonzero(label == i)
        cells = open_cells[columns]
        rows = csr_array(inside[:, columns])
        used = np.diff(rows.indptr) > 0
        matrix = csc_array(rows[used])
        whole = not is_network(matrix)
        model = lp_of(matrix, sums[used], low[cells], high[cells], whole=whole)
        part = _Part(cells, model, {int(cell): j for j, cell in enumerate(cells)})
        found += [(int(cell), part) for cell in cells]
    return found


def lp_of(matrix: csc_array, sums: Floats, low: Floats, high: Floats, *, whole: bool) -> highspy.Highs:
    """The program `matrix @ x = sums`, `low <= x <= high`, with nothing yet to make small."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = low, high
    program.row_lower_ = program.row_upper_ = sums
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data.astype(np.float64)
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.passModel(program)
    return model


def is_network(matrix: csc_array) -> bool:
    """Whether linear bounds are whole: at most two entries a column, whose rows can be put on two sides.

    Entries of one sign must lie on different sides, those of opposite signs on the same (Heller & Tompkins 1956).
    """
    counts = np.diff(matrix.indptr)
    if counts.max(initial=0) > 2 or (abs(matrix.data) != 1).any():
        return False
    first = matrix.indptr[:-1][counts == 2]
    one, other = matrix.indices[first], matrix.indices[first + 1]
    apart = matrix.data[first] * matrix.data[first + 1] > 0
    rows = matrix.shape[0]
    # each row twice, once for either side: a row that meets its own other side cannot be put anywhere
    here = np.concatenate([one, one + rows])
    there = np.concatenate([other + rows * apart, other + rows * ~apart])
    graph = csr_array((np.ones(len(here)), (here, there)), shape=(2 * rows, 2 * rows))
    label = connected_components(graph, directed=False)[1]
    return bool((label[:rows] != label[rows:]).all())
