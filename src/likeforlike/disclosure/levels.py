"""Which levels of a category are hidden: those that must be, and the fewest people more that keep these unknown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import Cells, cross_table
from likeforlike.disclosure.cells.suppress import Protection, suppress


def hidden_levels(groups: Sequence[Sequence[int]], must: Collection[int], least: int) -> frozenset[int]:
    """Places of the levels to hide, the same for every group of people.

    Levels add up to everyone, whose number is taken for known. Where nothing protects what must be hidden, all are.

    Parameters
    ----------
    groups
        People of each level, one sequence a group.
    must
        Places of levels that may not be shown.
    least
        Fewest people that may be told of.
    """
    hidden = frozenset(must)
    if not hidden:
        return hidden
    # by size, so that the order in which levels are named does not matter
    order = sorted(range(len(groups[0])), key=lambda i: ([counts[i] for counts in groups], i in hidden))
    hidden = frozenset(order.index(i) for i in hidden)
    before: frozenset[int] = frozenset()
    while hidden != before:
        before = hidden
        for counts in groups:
            hidden = hidden.union(_with_others([counts[i] for i in order], hidden, least))
    return frozenset(order[i] for i in hidden)


def levels_table(counts: Sequence[int], must: Collection[int], least: int) -> tuple[Cells, Protection]:
    """Levels and everyone as a table, and what must stay possible of those that may not be shown."""
    names = [str(place) for place in range(len(counts))]
    cells = cross_table(np.asarray(counts, dtype=np.int64), [Axis.of("level", names)])
    sensitive = np.zeros(len(cells), dtype=bool)
    sensitive[list(must)] = True
    return cells, Protection.below(cells.values, sensitive, least)


def _with_others(counts: Sequence[int], must: frozenset[int], least: int) -> set[int]:
    cells, protection = levels_table(counts, must, least)
    cost = np.maximum(cells.values, 1).astype(float)
    cost[-1] = np.inf
    try:
        return set(np.flatnonzero(suppress(cells, protection, cost)).tolist())
    except ValueError:
        return set(range(len(counts)))
