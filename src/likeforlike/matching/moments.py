"""Weighted mean and variance of a number, and the ratio of two figures with rounding dust taken for nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NAN = float("nan")
DUST = 1e-12
"""Relative size up to which a difference or a standard deviation comes from rounding."""


@dataclass(frozen=True, slots=True)
class Moments:
    """`mean` is NaN of nobody, `variance` of fewer than two people."""

    mean: float
    variance: float

    @property
    def sd(self) -> float:
        return math.sqrt(self.variance)


def moments(values: Floats, weight: Floats | None = None) -> Moments:
    """Mean and variance; n − 1, or with weights as cobalt has it: sum w (x − m)² · W / (W² − sum w²), W = sum w.

    Parameters
    ----------
    values
        (people,), all known.
    weight
        (people,), not negative; nobody with weight zero counts. By default everybody counts alike.
    """
    if weight is None:
        if not len(values):
            return Moments(NAN, NAN)
        mean = float(values.mean())
        apart = values - mean
        return _tidy(mean, float(apart @ apart) / (len(values) - 1) if len(values) > 1 else NAN)
    total = float(weight.sum())
    if total <= 0:
        return Moments(NAN, NAN)
    mean = float(weight @ values) / total
    if np.count_nonzero(weight) < 2:
        return Moments(mean, NAN)
    apart = values - mean
    apart *= apart
    freedom = total - float(weight @ weight) / total
    return _tidy(mean, float(weight @ apart) / freedom)


def share_moments(share: float) -> Moments:
    """Of a flag or level: variance p(1 − p), as cobalt has it for binaries."""
    return Moments(share, share * (1 - share))


def pooled(one: Moments, other: Moments) -> float:
    """Square root of the mean of two variances."""
    return math.sqrt((one.variance + other.variance) / 2)


def difference(one: float, other: float) -> float:
    """One less the other; zero where only rounding sets them apart."""
    apart = one - other
    return 0.0 if abs(apart) <= DUST * max(abs(one), abs(other)) else apart


def ratio(apart: float, scale: float) -> float:
    """`apart / scale`: zero where nothing is apart, infinite where something is but the scale is zero."""
    if apart == 0:
        return 0.0
    if scale > 0 or math.isnan(apart) or math.isnan(scale):
        return apart / scale if scale != 0 else NAN
    return math.copysign(math.inf, apart)


def _tidy(mean: float, variance: float) -> Moments:
    return Moments(mean, 0.0 if variance <= (DUST * mean) ** 2 else variance)
