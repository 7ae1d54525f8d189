"""Kolmogorov-Smirnov distance of weighted groups: the largest gap between their cumulative shares.

As in cobalt: weights add up to one within each group, and the gap is taken after all ties of a value (Stuart 2010).
The participants' cumulative share is flat between two of their values, and the pool's only grows, so the largest gap
lies at one of the participants' values or just below it. Counting the pool by those places needs no sorting of the
pool, and one count serves any weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.buckets import BUCKETS, bucket_of

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Steps:
    """Where everybody stands among the participants' values v: place 2k + 1 at v[k], 2k between v[k − 1] and v[k]."""

    at: Places
    pool: Places
    places: int

    @classmethod
    def of(cls, at: Floats, pool: Floats) -> Steps:
        """Places of the known values of participants (participants,) and pool (pool,)."""
        values, own = np.unique(at, return_inverse=True)
        return cls(2 * own + 1, _places(values, pool), 2 * len(values) + 1)

    def distance(self, at: Floats | None = None, pool: Floats | None = None) -> float | None:
        """Largest gap with these weights, or one each; None where a group has no weight."""
        shares = [
            np.cumsum(np.bincount(place, weights=weight, minlength=self.places))
            for place, weight in ((self.at, at), (self.pool, pool))
        ]
        if shares[0][-1] <= 0 or shares[1][-1] <= 0:
            return None
        return float(np.abs(shares[0] / shares[0][-1] - shares[1] / shares[1][-1]).max())


def _places(values: Floats, pool: Floats) -> Places:
    if not len(values):
        return np.zeros(len(pool), dtype=np.intp)
    place = _below(values, pool)
    same = values[np.minimum(place, len(values) - 1)] == pool
    place *= 2
    place += same
    return place


def _below(values: Floats, pool: Floats) -> Places:
    """How many of the sorted `values` are below each of `pool`, as `searchsorted` but several times as fast.

    What is in a lower bucket is lower; only where several of `values` share a bucket is there anything to search.
    """
    own, theirs = (bucket_of(x, float(values[0]), float(values[-1])) for x in (values, pool))
    held = np.bincount(own, minlength=BUCKETS + 1)
    place = (np.cumsum(held) - held)[theirs]
    place += pool > np.append(values, np.inf)[place]
    crowded = (held > 1)[theirs]
    if crowded.any():
        place[crowded] = np.searchsorted(values, pool[crowded])
    return place
