"""Kernel matching with the Epanechnikov kernel: everyone within the bandwidth, the nearer the more.

K = 1 − u² for |u| < 1, u the distance over the bandwidth. Sums of K over a sorted pool are differences of three
running moments: O((n + m) log n). So that no digits are lost, moments are taken around the middle of cells four
bandwidths wide, of which a window touches two at most, and run within short blocks. Windows of few people, or of people
at their edge, are summed as they stand: in running moments one such participant would blur the weights of all others.
Heckman, Ichimura & Todd 1997, Review of Economic Studies 64(4); Fan & Marron 1994 for the moments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.radius import windows
from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
CELL = 4.0
"""Width of a cell in bandwidths."""
FEW = 32
EDGE = 1e-3
"""Mean of K in a window below which running moments have too few digits left."""
BLOCK = 1024
PLACES_AT_ONCE = 2**14
PAIRS_AT_ONCE = 2**19


def epanechnikov(at: Floats, pool: Floats, bandwidth: float) -> Weights:
    """Match every participant to the pool within the bandwidth, each pool member by their share of the kernel.

    Parameters
    ----------
    at, pool
        (participants,) and (pool,) scores, in any order.
    bandwidth
        Distance at which the kernel reaches zero; above zero.
    """
    near = _Near.of(at, pool, bandwidth)
    sums = near.sums(np.ones(len(pool)))
    total = sums.totals[0]
    share = np.divide(1.0, total, out=np.zeros(len(at)), where=total > 0)
    usual = np.ones(len(at), dtype=bool)
    usual[sums.plain] = False
    back = _Near.of(near.ranked, at[usual], bandwidth)
    weight = back.sums(np.ones(len(back.ranked)), share[usual]).totals[1]
    for place, member, kernel in near.pairs(sums.plain):
        weight += np.bincount(member, weights=kernel * share[place], minlength=len(pool))
    pool_weight = np.empty(len(pool))
    pool_weight[near.order] = weight
    return Weights((total > 0).astype(np.float64), pool_weight)


def kernel_means(at: Floats, points: Floats, bandwidth: float, values: Floats) -> Floats:
    """Kernel mean of the points' `values` around each place in `at`, shape (at,); NaN where nobody is near."""
    turn = np.argsort(at, kind="stable")
    near = _Near.of(at[turn], points, bandwidth)
    total, valued = near.sums(np.ones(len(points)), values).totals
    means = np.empty(len(at))
    means[turn] = np.divide(valued, total, out=np.full(len(at), np.nan), where=total > 0)
    return means


@dataclass(frozen=True, slots=True)
class _Sums:
    totals: Floats
    """(columns, places)"""
    plain: Places
    """Places that were summed as they stand."""


@dataclass(frozen=True, slots=True)
class _Near:
    """Places, the sorted points around each, and the points' cells."""

    at: Floats
    bandwidth: float
    order: Places
    ranked: Floats
    first: Places
    last: Places
    start: Places
    """First rank of each point's cell, shape (points,)."""
    middle: Floats
    """Of each point's cell, shape (points,)."""

    @classmethod
    def of(cls, at: Floats, points: Floats, bandwidth: float) -> _Near:
        around = windows(at, points, bandwidth)
        ranked = points[around.order]
        cell = np.floor((ranked - ranked[:1]) / (CELL * bandwidth))
        opens = np.concatenate([[True], cell[1:] != cell[:-1]])[: len(cell)]
        start = np.maximum.accumulate(np.where(opens, np.arange(len(cell)), 0))
        middle = ranked[start] + CELL / 2 * bandwidth
        return cls(at, bandwidth, around.order, ranked, around.first, around.last, start, middle)

    def sums(self, *columns: Floats) -> _Sums:
        """Sums of K times each of the `columns`, (points,), around each place; the first column is ones."""
        z = (self.ranked - self.middle) / self.bandwidth
        ordered = [column[self.order] for column in columns]
        running = [[_Running.of(column * z**k) for k in range(3)] for column in ordered]
        totals = np.zeros((len(columns), len(self.at)))
        count = self.last - self.first
        for begin in range(0, len(self.at), PLACES_AT_ONCE):
            some = begin + np.flatnonzero(count[begin : begin + PLACES_AT_ONCE] > FEW)
            totals[:, some] = self._by_moments(some, running)
        plain = np.flatnonzero((count > 0) & ((count <= FEW) | (totals[0] < EDGE * count)))
        totals[:, plain] = 0.0
        for place, member, kernel in self.pairs(plain):
            low = int(place[0])
            for total, column in zip(totals, ordered, strict=True):
                added = np.bincount(place - low, weights=kernel * column[member])
                total[low : low + len(added)] += added
        return _Sums(totals, plain)

    def pairs(self, places: Places) -> Iterator[tuple[Places, Places, Floats]]:
        """Place, rank of the point, and K of all pairs of some places, a stretch of places at a time."""
        count = (self.last - self.first)[places]
        ends = np.cumsum(count)
        begin = 0
        while begin < len(places):
            done = ends[begin] - count[begin]
            stop = max(int(np.searchsorted(ends, done + PAIRS_AT_ONCE, side="right")), begin + 1)
            some, many = places[begin:stop], count[begin:stop]
            place = np.repeat(some, many)
            member = np.arange(len(place)) + np.repeat(
                self.first[some] - (ends[begin:stop] - many - done), many
            )
            u = (self.at[place] - self.ranked[member]) / self.bandwidth
            yield place, member, np.maximum(1 - u * u, 0.0)
            begin = stop

    def _by_moments(self, some: Places, running: list[list[_Running]]) -> Floats:
        total = np.zeros((len(running), len(some)))
        first, last, at = self.first[some], self.last[some], self.at[some]
        # Many places in a row share a window where the points are few.
        opens = np.concatenate([[True], (first[1:] != first[:-1]) | (last[1:] != last[:-1])])[: len(some)]
        window = np.cumsum(opens) - 1
        first, last = first[opens], last[opens]
        split = np.maximum(self.start[last - 1], first)
        for begin, end, middle in ((first, split, self.middle[first]), (split, last, self.middle[last - 1])):
            q = (at - middle[window]) / self.bandwidth
            for k, moments in enumerate(running):
                s0, s1, s2 = (moment.between(begin, end)[window] for moment in moments)
                total[k] += s0 * (1 - q * q) + 2 * q * s1 - s2
        return total


@dataclass(frozen=True, slots=True)
class _Running:
    """Running sums that start again with each block: a difference loses no digits to what lies far before it."""

    inside: Floats
    """Sum of what comes before each rank within its block, shape (blocks * BLOCK,)."""
    block: Floats
    """Sum of each block, shape (blocks,)."""
    before: Floats
    """Sum of all blocks before each, shape (blocks,)."""

    @classmethod
    def of(cls, values: Floats) -> _Running:
        blocks = len(values) // BLOCK + 1
        padded = np.zeros((blocks, BLOCK))
        padded.reshape(-1)[: len(values)] = values
        inside = np.zeros((blocks, BLOCK))
        np.cumsum(padded[:, :-1], axis=1, out=inside[:, 1:])
        block = inside[:, -1] + padded[:, -1]
        return cls(inside.reshape(-1), block, np.cumsum(block) - block)

    def between(self, begin: Places, end: Places) -> Floats:
        """Sum of the ranks from `begin` to before `end`."""
        one, other = begin // BLOCK, end // BLOCK
        between = np.where(other - one > 1, self.before[other] - self.before[one], self.block[one])
        return self.inside[end] - self.inside[begin] + np.where(one == other, 0.0, between)
