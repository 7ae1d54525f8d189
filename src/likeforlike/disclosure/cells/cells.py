"""Counts of people with every sum that holds among them: one table, or several that share cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, eye_array, kron, vstack

from likeforlike.disclosure.cells.axis import EVERYONE, Axis

Ints = NDArray[np.int64]
Key = tuple[tuple[str, str], ...]
"""Variables and their categories, in alphabetical order; what is summed over is left out."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one table or of linked ones, each once.

    `values` has shape (cells,); each row of `relations`, (sums, cells), has 1 for the parts of a sum and -1 for the
    sum, so that `relations @ values` is zero.
    """

    keys: tuple[Key, ...]
    values: Ints
    relations: csr_array

    def __post_init__(self) -> None:
        if self.values.dtype.kind not in "iu":
            raise TypeError("Counts must be whole numbers.")
        if (self.values < 0).any():
            raise ValueError("Counts must not be below zero.")
        if (self.relations @ self.values).any():
            raise ValueError("The totals of a table are not the sums of its parts.")

    def __len__(self) -> int:
        return len(self.keys)

    def place(self, key: Key) -> int:
        """Where a cell is."""
        return self.keys.index(key)


def cross_table(counts: ArrayLike, axes: Sequence[Axis]) -> Cells:
    """A table with all its totals.

    Parameters
    ----------
    counts
        People in each combination of the axes' leaves, one dimension an axis; whole numbers.
    axes
        The headings.
    """
    inner = np.asarray(counts)
    if inner.dtype.kind not in "iu":
        raise TypeError("Counts must be whole numbers.")
    for i, axis in enumerate(axes):
        inner = np.moveaxis(np.tensordot(axis.spread.astype(np.int64), inner, axes=(1, i)), 0, i)
    keys = tuple(_key(axes, nodes) for nodes in product(*(axis.nodes for axis in axes)))
    return Cells(keys, inner.astype(np.int64).ravel(), vstack(list(_sums(axes)), format="csr"))


def linked(tables: Iterable[Cells]) -> Cells:
    """Several tables about the same people as one: cells with the same key are the same cell.

    Raises
    ------
    ValueError
        Two tables give different numbers for the same people.
    """
    parts = list(tables)
    place: dict[Key, int] = {}
    values: list[int] = []
    for part in parts:
        for key, value in zip(part.keys, part.values.tolist(), strict=True):
            if key not in place:
                place[key] = len(values)
                values.append(value)
            elif values[place[key]] != value:
                raise ValueError("Two tables give different numbers for the same people.")
    relations = [_moved(part, place) for part in parts]
    return Cells(tuple(place), np.array(values, dtype=np.int64), vstack(relations, format="csr"))


def _key(axes: Sequence[Axis], nodes: Sequence[str]) -> Key:
    told = zip((axis.name for axis in axes), nodes, strict=True)
    return tuple(sorted((name, node) for name, node in told if node != EVERYONE))


def _sums(axes: Sequence[Axis]) -> Iterable[csr_array]:
    """For each axis, its sums within every combination of the others."""
    for i in range(len(axes)):
        parts = [csr_array(a.sums) if j == i else eye_array(len(a.nodes)) for j, a in enumerate(axes)]
        yield csr_array(reduce(kron, parts))


def _moved(part: Cells, place: dict[Key, int]) -> csr_array:
    there = np.array([place[key] for key in part.keys])
    found = part.relations.tocoo()
    return csr_array((found.data, (found.row, there[found.col])), shape=(found.shape[0], len(place)))
