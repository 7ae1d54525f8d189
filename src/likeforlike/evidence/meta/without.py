"""What the mean would be without each result, and how it moved as results came in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.evidence.meta.between import reml
from likeforlike.evidence.meta.pool import Pooled, fixed_effect, random_effects

Floats = NDArray[np.float64]


def leave_one_out(y: Floats, v: Floats) -> tuple[Pooled, ...]:
    """The pooled estimate without each result in turn, in their order; needs three results or more."""
    every = np.arange(len(y))
    return tuple(_pooled(y[every != i], v[every != i]) for i in every)


def cumulative(y: Floats, v: Floats) -> tuple[Pooled, ...]:
    """The pooled estimate of the first, the first two, and so on; the first is the first result itself."""
    return tuple(_pooled(y[: i + 1], v[: i + 1]) for i in range(len(y)))


def _pooled(y: Floats, v: Floats) -> Pooled:
    return fixed_effect(y, v) if len(y) == 1 else random_effects(y, v, reml(y, v))
