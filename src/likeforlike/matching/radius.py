"""Radius matching with replacement in two passes: exact, and linear after sorting.

Each participant's comparison is the mean of all pool members within the calliper (closed interval), so a pool
member's weight is the sum over the participants near it of 1 / (their number of pool members). With sorted
scores both passes are `searchsorted` and prefix sums: O((n + m) log n). Dehejia & Wahba 2002.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Windows:
    """For each participant, the stretch of the sorted pool within the calliper.

    `order` sorts the pool's scores; participant i's neighbours are `order[first[i]:last[i]]`.
    """

    order: NDArray[np.intp]
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    @property
    def count(self) -> NDArray[np.intp]:
        """Pool members within each participant's calliper, shape (participants,)."""
        return self.last - self.first


def radius(at: Floats, pool: Floats, caliper: float) -> Weights:
    """Match every participant to the whole pool within the calliper, ends included.

    Parameters
    ----------
    at, pool
        (participants,) and (pool,) scores, in any order.
    """
    near = windows(at, pool, caliper)
    return Weights((near.count > 0).astype(np.float64), pool_weights(near))


def windows(at: Floats, pool: Floats, caliper: float | Floats) -> Windows:
    """First pass: the neighbours in `pool` of each score in `at`, those whose distance as computed is within.

    Parameters
    ----------
    at, pool
        (participants,) and (pool,) scores, in any order.
    caliper
        Largest distance, for all or for each participant; not negative.
    """
    order, turn = np.argsort(pool, kind="stable"), np.argsort(at)
    ranked, asked = pool[order], at[turn]
    reach = caliper if np.ndim(caliper) == 0 else np.asarray(caliper)[turn]
    first, last = np.empty(len(at), dtype=np.intp), np.empty(len(at), dtype=np.intp)
    # asked in order: each search then starts where the memory is warm
    first[turn] = _first_within(asked, ranked, reach)
    last[turn] = len(ranked) - _first_within(-asked, -ranked[::-1], reach)
    return Windows(order=order, first=first, last=last)


def _first_within(at: Floats, ranked: Floats, caliper: float | Floats) -> NDArray[np.intp]:
    first = np.searchsorted(ranked, at - caliper, side="left")
    size = len(ranked)
    if not size:
        return first
    reach = np.broadcast_to(np.asarray(caliper, dtype=np.float64), at.shape)
    # `at - caliper` is rounded, so that somebody exactly a calliper away may fall on the wrong side of it.
    while (early := np.flatnonzero((first > 0) & (at - ranked[first - 1] <= reach))).size:
        first[early] = np.searchsorted(ranked, ranked[first[early] - 1], side="left")
    while (late := np.flatnonzero((first < size) & (at - ranked[np.minimum(first, size - 1)] > reach))).size:
        first[late] = np.searchsorted(ranked, ranked[first[late]], side="right")
    return first


def pool_weights(near: Windows) -> Floats:
    """Second pass: each pool member's weight, shape (pool,); they sum to the number of matched participants."""
    matched = near.count > 0
    share = 1.0 / near.count[matched]
    change = np.zeros(len(near.order) + 1)
    np.add.at(change, near.first[matched], share)
    np.add.at(change, near.last[matched], -share)
    weights = np.empty(len(near.order))
    weights[near.order] = np.cumsum(change[:-1])
    covered = _covered(near, matched)
    weights[near.order[~covered]] = 0.0
    return weights


def local_means(near: Windows, values: Floats) -> Floats:
    """Mean of the pool's `values` within each window, shape (participants,); NaN where nobody is near."""
    sums = np.concatenate([[0.0], np.cumsum(values[near.order])])
    with np.errstate(invalid="ignore"):
        means: Floats = (sums[near.last] - sums[near.first]) / near.count
    return means


def _covered(near: Windows, matched: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Exact whole-number count of windows over each pool rank: cumulated shares leave dust where it is zero."""
    change = np.zeros(len(near.order) + 1, dtype=np.int64)
    np.add.at(change, near.first[matched], 1)
    np.add.at(change, near.last[matched], -1)
    return np.cumsum(change[:-1]) > 0
