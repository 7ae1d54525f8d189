"""One estimate out of several: the fixed effect, and the mean of effects that differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

Floats = NDArray[np.float64]
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled estimate; `degrees` are infinite where the normal distribution was used."""

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    p_value: float
    degrees: float


def fixed_effect(y: Floats, v: Floats) -> Pooled:
    """The mean weighted by 1/v: right if every programme has the same effect.

    Parameters
    ----------
    y
        (k,) estimates.
    v
        (k,) their variances.
    """
    weight = 1 / v
    return _pooled(float(weight @ y / weight.sum()), float(weight.sum()) ** -0.5, np.inf)


def random_effects(
    y: Floats, v: Floats, tau2: float, *, hartung_knapp: bool = True, widen: bool = False
) -> Pooled:
    """The mean of effects that differ with variance tau2, weighted by 1/(v + tau2).

    With `hartung_knapp`, the variance is the weighted sum of squares about the mean over (k − 1) Σw, and the interval
    is by t with k − 1 degrees of freedom; without it, 1/Σw and normal. Hartung & Knapp 2001, Statistics in Medicine 20.

    Parameters
    ----------
    y, v
        As for `fixed_effect`, k ≥ 2.
    widen
        Never take the variance to be below 1/Σw: estimates that agree by luck claim no more than they know. Röver,
        Knapp & Friede 2015, BMC Medical Research Methodology 15; metafor's `test = "adhoc"`.
    """
    weight = 1 / (v + tau2)
    total = float(weight.sum())
    mean = float(weight @ y / total)
    if not hartung_knapp:
        return _pooled(mean, total**-0.5, np.inf)
    degrees = len(y) - 1
    scale = float(weight @ (y - mean) ** 2) / degrees
    scale = max(1.0, scale) if widen else scale
    return _pooled(mean, (scale / total) ** 0.5, degrees)


def critical(degrees: float) -> float:
    """Standard errors from an estimate to either limit."""
    return float(stdtrit(degrees, (1 + CONFIDENCE) / 2))


def _pooled(estimate: float, error: float, degrees: float) -> Pooled:
    half = critical(degrees) * error
    away = abs(estimate) / error if error > 0 else np.inf
    p_value = float(2 * stdtr(degrees, -away)) if estimate else 1.0
    return Pooled(estimate, error, estimate - half, estimate + half, p_value, degrees)
