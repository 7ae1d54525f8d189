"""Nearest neighbours on the score, with and without replacement.

With replacement everybody tied at the distance of the last neighbour is kept and averaged (Abadie & Imbens 2006,
Econometrica 74(1); R's `Matching`, Stata's `teffects`); MatchIt takes one of them, and so gives other figures where
there are ties. Distances that differ by rounding alone are tied. Without replacement the order is MatchIt's: largest
score first, equal scores by their place; of two equally near people the one with the lower score; everybody's first
match before anybody's second.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.radius import windows
from likeforlike.matching.weights import Places, Weights

Floats = NDArray[np.float64]
MOST_PAIRS = 5_000_000
"""Of ties so many that there would be more pairs, evenly spread ones are kept: those left out would not tell more."""
ROUNDING = 16
"""Distances this many units in the last place of the largest score apart are tied."""


def nearest(
    at: Floats, pool: Floats, *, ratio: int = 1, replace: bool = True, caliper: float | None = None
) -> Weights:
    """Match every participant to the `ratio` nearest of the pool.

    Parameters
    ----------
    at, pool
        (participants,) and (pool,) scores, in any order.
    ratio
        Neighbours of each; those with fewer inside the calliper get what there is.
    replace
        Whether a pool member may serve several participants.
    caliper
        Largest distance, ends included.

    Returns
    -------
    Weights
        A pool member's weight is the sum of 1 / (neighbours of the participant) over those it serves.
    """
    reach = np.inf if caliper is None else caliper
    match = _with_replacement if replace else _without_replacement
    participant, other = match(at, pool, ratio, reach)
    counts = np.bincount(participant, minlength=len(at))
    weight = np.bincount(other, weights=1.0 / counts[participant], minlength=len(pool)).astype(np.float64)
    return Weights((counts > 0).astype(np.float64), weight, (participant, other))


def _with_replacement(at: Floats, pool: Floats, ratio: int, reach: float) -> tuple[Places, Places]:
    if not len(at) or not len(pool):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    near = windows(at, pool, np.minimum(_kth_distance(at, np.sort(pool), ratio) + _slack(at, pool), reach))
    count = near.count
    kept = np.minimum(count, max(MOST_PAIRS // len(at), ratio))
    participant = np.repeat(np.arange(len(at)), kept)
    offset = np.arange(len(participant)) - np.repeat(np.cumsum(kept) - kept, kept)
    if (kept < count).any():
        offset = offset * count[participant] // kept[participant]
    return participant, near.order[np.repeat(near.first, kept) + offset]


def _kth_distance(at: Floats, ranked: Floats, ratio: int) -> Floats:
    """Distance of each participant's last neighbour, shape (participants,); of the last there is in a small pool."""
    size = len(ranked)
    around = np.searchsorted(ranked, at)[:, None] + np.arange(-ratio, ratio)
    there = (around >= 0) & (around < size)
    gap = np.where(there, np.abs(ranked[np.clip(around, 0, size - 1)] - at[:, None]), np.inf)
    kth: Floats = np.sort(gap, axis=1)[:, min(ratio, size) - 1]
    return kth


def _slack(at: Floats, pool: Floats) -> float:
    return ROUNDING * float(np.spacing(max(np.abs(at).max(), np.abs(pool).max())))


def _without_replacement(at: Floats, pool: Floats, ratio: int, reach: float) -> tuple[Places, Places]:
    """One participant after another, since each takes somebody away from the next: O((n + m) log n)."""
    order = np.argsort(pool, kind="stable")
    ranked, size = pool[order], len(pool)
    own_scores, places = at.tolist(), np.searchsorted(ranked, at, side="left").tolist()
    up: dict[int, int] = {}
    down: dict[int, int] = {}
    found: list[tuple[int, int]] = []
    waiting = np.argsort(-at, kind="stable").tolist()
    for _ in range(ratio):
        still = []
        for i in waiting:
            left, right = _free(down, places[i]) - 1, _free(up, places[i])
            to_left = own_scores[i] - float(ranked[left]) if left >= 0 else np.inf
            to_right = float(ranked[right]) - own_scores[i] if right < size else np.inf
            taken, distance = (left, to_left) if to_left <= to_right else (right, to_right)
            if distance == np.inf or distance > reach:
                continue
            up[taken], down[taken + 1] = taken + 1, taken
            found.append((i, taken))
            still.append(i)
        waiting = still
    pairs = np.asarray(found, dtype=np.intp).reshape(-1, 2)
    return pairs[:, 0], order[pairs[:, 1]]


def _free(moved: dict[int, int], place: int) -> int:
    """The first place from `place` on that is not taken, by union-find with halved paths."""
    while (onward := moved.get(place, place)) != place:
        moved[place] = moved.get(onward, onward)
        place = moved[place]
    return place
