"""Each programme's estimate drawn towards the mean of all, the further the less it knows by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.evidence.meta.pool import Pooled, critical

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Best linear unbiased predictions, (k,) each."""

    estimate: Floats
    std_error: Floats
    conf_low: Floats
    conf_high: Floats
    own_share: Floats
    """Weight of the programme's own estimate; the rest is the mean of all."""


def shrunken(y: Floats, v: Floats, tau2: float, pooled: Pooled) -> Shrunken:
    """λy + (1 − λ)·mean with λ = tau²/(tau² + v) and variance λv + (1 − λ)² se².

    Raudenbush & Bryk 1985, Journal of Educational Statistics 10; the same as metafor's `blup`.
    """
    share = tau2 / (tau2 + v)
    estimate = share * y + (1 - share) * pooled.estimate
    error = np.sqrt(share * v + (1 - share) ** 2 * pooled.std_error**2)
    half = critical(pooled.degrees) * error
    return Shrunken(estimate, error, estimate - half, estimate + half, share)
