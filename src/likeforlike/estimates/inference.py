"""What intervals are made of: quantiles, p-values, and an estimate between its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

NAN = float("nan")
HALVINGS = 60
FARTHEST = 30.0
"""Quantiles beyond which a p-value is nothing but nought."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate between its limits, all on one scale; NaN where unknown, infinite where unbounded."""

    estimate: float
    low: float
    high: float

    def excludes(self, value: float) -> bool:
        """Whether a value lies outside; an unknown interval excludes nothing."""
        return value < self.low or value > self.high

    def times(self, factor: float) -> Interval:
        """The interval in other units."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Interval(self.estimate * factor, low, high)


UNKNOWN_INTERVAL = Interval(NAN, NAN, NAN)


def quantile(confidence: float, df: float = np.inf) -> float:
    """Standard errors from an estimate to either limit: normal, or Student's t with `df` degrees of freedom.

    Raises
    ------
    ValueError
        The confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}.")
    level = (1 + confidence) / 2
    return float(ndtri(level) if np.isinf(df) else stdtrit(df, level))


def two_sided(statistic: float, df: float = np.inf) -> float:
    """Two-sided p-value of a z (or, with `df`, a t) statistic."""
    below = -abs(statistic)
    return float(2 * (ndtr(below) if np.isinf(df) else stdtr(df, below)))


def around(estimate: float, error: float, confidence: float, df: float = np.inf) -> Interval:
    """Estimate ± quantile × standard error."""
    half = quantile(confidence, df) * error
    return Interval(estimate, estimate - half, estimate + half)


def hybrid(first: Interval, second: Interval) -> Interval:
    """First minus second from an interval of each: each limit takes the distance that points its way.

    The square-and-add rule of Newcombe 1998 (his method 10), in general Zou and Donner 2008.
    """
    difference = first.estimate - second.estimate
    down = np.hypot(first.estimate - first.low, second.high - second.estimate)
    up = np.hypot(first.high - first.estimate, second.estimate - second.low)
    return Interval(difference, float(difference - down), float(difference + up))


def reaching(limits: Callable[[float], Interval], value: float = 0.0) -> float:
    """The quantile at which an interval just reaches a value: its p-value is then `two_sided` of that.

    Parameters
    ----------
    limits
        The interval by its quantile; a larger one holds a smaller one.
    """
    near, far = 0.0, FARTHEST
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        near, far = (middle, far) if limits(middle).excludes(value) else (near, middle)
    return near
