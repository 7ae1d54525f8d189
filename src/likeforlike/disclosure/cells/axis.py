"""One heading of a table: its categories, and the totals among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Tree: TypeAlias = "Sequence[str] | Mapping[str, Tree]"
"""Categories; or totals, each with what it is the sum of."""
EVERYONE = ""


@dataclass(frozen=True)
class Axis:
    """A variable of a table and the sums that anybody who sees its headings knows to hold.

    Parameters
    ----------
    name
        The variable.
    leaves
        Categories that are no sums.
    totals
        Each total with the categories or totals that it is the sum of; the last is `EVERYONE`.
    """

    name: str
    leaves: tuple[str, ...]
    totals: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, name: str, tree: Tree) -> Axis:
        """An axis from categories, or from totals within totals: `{"North": ["A", "B"], "South": ["C"]}`."""
        leaves: list[str] = []
        totals: list[tuple[str, tuple[str, ...]]] = []
        top = _walk(tree, leaves, totals)
        axis = cls(name, tuple(leaves), (*totals, (EVERYONE, top)))
        if len(set(axis.nodes)) < len(axis.nodes):
            raise ValueError(f"The axis '{name}' has a category twice.")
        return axis

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Categories, then totals."""
        return (*self.leaves, *(total for total, _ in self.totals))

    @cached_property
    def sums(self) -> NDArray[np.int8]:
        """1 for each part of a total and -1 for the total, (totals, nodes)."""
        place = {node: i for i, node in enumerate(self.nodes)}
        found = np.zeros((len(self.totals), len(self.nodes)), dtype=np.int8)
        for row, (total, parts) in zip(found, self.totals, strict=True):
            row[[place[part] for part in parts]] = 1
            row[place[total]] = -1
        return found

    @cached_property
    def spread(self) -> NDArray[np.int8]:
        """Which leaves each node is the sum of, (nodes, leaves)."""
        held = {
            leaf: row for leaf, row in zip(self.leaves, np.eye(len(self.leaves), dtype=np.int8), strict=True)
        }
        for total, parts in self.totals:
            held[total] = np.sum([held[part] for part in parts], axis=0, dtype=np.int8)
        return np.stack([held[node] for node in self.nodes])


def _walk(tree: Tree, leaves: list[str], totals: list[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    if not isinstance(tree, Mapping):
        leaves.extend(tree)
        return tuple(tree)
    for total, parts in tree.items():
        found = _walk(parts, leaves, totals)
        if found:
            totals.append((total, found))
        else:
            leaves.append(total)
    return tuple(tree)
