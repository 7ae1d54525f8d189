"""Kernel matching with the Epanechnikov kernel: everyone within the bandwidth, the nearer the more.

K = 1 − u² for |u| < 1, u the distance over the bandwidth. Sums of K over a sorted pool are differences of three
running moments. These are taken around the middle of cells one bandwidth wide, of which a window touches three, so that
digits are not lost to a far origin; windows of few people, or of people at its edge, are summed as they stand.
Heckman, Ichimura & Todd 1997, Review of Economic Studies 64(4); Fan & Marron 1994 for the moments.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
FEW = 32
EDGE = 1e-3
"""Mean of K in a window below which running moments have too few digits left."""
PAIRS_AT_ONCE = 2**22


def epanechnikov(at: Floats, pool: Floats, bandwidth: float) -> Weights:
    """Match every participant to the pool within the bandwidth, each pool member by their share of the kernel.

    Parameters
    ----------
    at, pool
        (participants,) and (pool,) scores, in any order.
    """
    total = kernel_sums(at, pool, bandwidth, np.ones(len(pool)))
    matched = total > 0
    share = np.divide(1.0, total, out=np.zeros(len(at)), where=matched)
    return Weights(matched.astype(np.float64), kernel_sums(pool, at, bandwidth, share))


def kernel_means(at: Floats, points: Floats, bandwidth: float, values: Floats) -> Floats:
    """Kernel mean of the points' `values` around each place in `at`, shape (at,); NaN where nobody is near."""
    with np.errstate(invalid="ignore"):
        means: Floats = kernel_sums(at, points, bandwidth, values) / kernel_sums(
            at, points, bandwidth, np.ones(len(points))
        )
    return means


def kernel_sums(at: Floats, points: Floats, bandwidth: float, values: Floats) -> Floats:
    """Sum of K times `values` over the points around each place in `at`, shape (at,)."""
    if not len(points) or not len(at):
        return np.zeros(len(at))
    order = np.argsort(points, kind="stable")
    ranked, ordered = points[order], values[order]
    first = np.searchsorted(ranked, at - bandwidth, side="left")
    last = np.searchsorted(ranked, at + bandwidth, side="right")
    sums = _by_moments(at, ranked, ordered, first, last, bandwidth)
    weights = _by_moments(at, ranked, np.ones(len(ranked)), first, last, bandwidth)
    count = last - first
    plain = np.flatnonzero((count > 0) & ((count <= FEW) | (weights < EDGE * count)))
    sums[plain] = _as_they_stand(at[plain], ranked, ordered, first[plain], count[plain], bandwidth)
    sums[count == 0] = 0.0
    return sums


def _by_moments(
    at: Floats, ranked: Floats, values: Floats, first: Places, last: Places, bandwidth: float
) -> Floats:
    origin = ranked[0]
    cell = np.floor((ranked - origin) / bandwidth)
    middle = origin + (cell + 0.5) * bandwidth
    z = (ranked - middle) / bandwidth
    running = [np.concatenate([[0.0], np.cumsum(values * z**k)]) for k in range(3)]
    own = np.floor((at - origin) / bandwidth)
    total = np.zeros(len(at))
    for step in (-1.0, 0.0, 1.0):
        start = np.clip(np.searchsorted(cell, own + step, side="left"), first, last)
        end = np.clip(np.searchsorted(cell, own + step, side="right"), first, last)
        q = (at - (origin + (own + step + 0.5) * bandwidth)) / bandwidth
        s0, s1, s2 = (r[end] - r[start] for r in running)
        total += s0 * (1 - q * q) + 2 * q * s1 - s2
    return total


def _as_they_stand(
    at: Floats, ranked: Floats, values: Floats, first: Places, count: Places, bandwidth: float
) -> Floats:
    sums = np.zeros(len(at))
    ends = np.cumsum(count)
    start = 0
    while start < len(at):
        before = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, before + PAIRS_AT_ONCE, side="right")), start + 1)
        some = slice(start, stop)
        place = np.repeat(np.arange(stop - start), count[some])
        offset = np.arange(len(place)) - np.repeat(ends[some] - count[some] - before, count[some])
        member = np.repeat(first[some], count[some]) + offset
        u = (at[some][place] - ranked[member]) / bandwidth
        inside = np.maximum(1 - u * u, 0.0)
        sums[some] = np.bincount(place, weights=inside * values[member], minlength=stop - start)
        start = stop
    return sums
