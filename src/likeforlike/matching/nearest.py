"""Nearest neighbours on the score, with and without replacement.

With replacement everybody tied at the distance of the last neighbour is kept and averaged (Abadie & Imbens 2006;
R's `Matching`, Stata's `teffects`); MatchIt takes one of them. Without replacement the order is MatchIt's: largest
score first, equal scores by their place; of two equally near people the one with the lower score.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.weights import Places, Weights

Floats = NDArray[np.float64]
MOST_TIED = 1_000
"""Of a participant's tied neighbours so many at most are kept, evenly spread: more would not tell more."""


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
    order = np.argsort(pool, kind="stable")
    ranked = pool[order]
    match = _with_replacement if replace else _without_replacement
    participant, rank = match(at, ranked, ratio, reach)
    counts = np.bincount(participant, minlength=len(at))
    share = 1.0 / counts[participant]
    other = order[rank]
    weight = np.bincount(other, weights=share, minlength=len(pool)).astype(np.float64)
    return Weights((counts > 0).astype(np.float64), weight, (participant, other))


def _with_replacement(at: Floats, ranked: Floats, ratio: int, reach: float) -> tuple[Places, Places]:
    size = len(ranked)
    middle = np.searchsorted(ranked, at, side="left")
    around = middle[:, None] + np.arange(-ratio, ratio)
    valid = (around >= 0) & (around < size)
    gap = (
        np.abs(ranked[np.clip(around, 0, max(size - 1, 0))] - at[:, None]) if size else np.empty((len(at), 0))
    )
    gap = np.where(valid, gap, np.inf) if size else gap
    last = min(ratio, size) - 1
    furthest = np.sort(gap, axis=1)[:, last] if size else np.full(len(at), np.inf)
    furthest = np.minimum(np.where(np.isfinite(furthest), furthest, -1.0), reach)
    first = np.searchsorted(ranked, np.nextafter(at - furthest, -np.inf), side="left")
    end = np.searchsorted(ranked, np.nextafter(at + furthest, np.inf), side="right")
    count = np.where(furthest >= 0, end - first, 0)
    kept = np.minimum(count, max(MOST_TIED, ratio))
    participant = np.repeat(np.arange(len(at)), kept)
    offset = np.arange(len(participant)) - np.repeat(np.cumsum(kept) - kept, kept)
    rank = np.repeat(first, kept) + offset * np.repeat(count, kept) // np.maximum(np.repeat(kept, kept), 1)
    near = np.abs(ranked[rank] - at[participant]) <= furthest[participant]
    return participant[near], rank[near]


def _without_replacement(at: Floats, ranked: Floats, ratio: int, reach: float) -> tuple[Places, Places]:
    """One participant after another, since each takes somebody away from the next."""
    size = len(ranked)
    free = _Free(size)
    turn = np.argsort(-at, kind="stable")
    middle = np.searchsorted(ranked, at, side="left")
    scores, places = ranked.tolist(), middle.tolist()
    found: list[tuple[int, int]] = []
    waiting = turn.tolist()
    for _ in range(ratio):
        still = []
        for i in waiting:
            own = float(at[i])
            left, right = free.below(places[i]), free.above(places[i])
            to_left = own - scores[left] if left >= 0 else np.inf
            to_right = scores[right] - own if right < size else np.inf
            if min(to_left, to_right) > reach or (left < 0 and right >= size):
                continue
            taken = left if to_left <= to_right else right
            free.take(taken)
            found.append((i, taken))
            still.append(i)
        waiting = still
    pairs = np.asarray(found, dtype=np.intp).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


class _Free:
    """Places not yet taken: the next free one on either side, by union-find with halved paths."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size + 1))
        self._down = list(range(size + 1))

    def above(self, place: int) -> int:
        """The first free place from `place` on; `size` if there is none."""
        return _root(self._up, place)

    def below(self, place: int) -> int:
        """The last free place before `place`; −1 if there is none."""
        return _root(self._down, place) - 1

    def take(self, place: int) -> None:
        self._up[place] = place + 1
        self._down[place + 1] = place


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
