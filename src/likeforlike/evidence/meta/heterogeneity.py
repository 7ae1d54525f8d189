"""Whether effects differ more than chance would have it, by how much, and what the next programme may do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import chdtrc, chdtri

from likeforlike.evidence.meta.pool import CONFIDENCE, Pooled, critical

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """Cochran's Q, the variance between programmes with its Q-profile interval, and I² in percent."""

    q: float
    degrees: int
    p_value: float
    tau2: float
    tau2_low: float
    tau2_high: float
    i2: float
    i2_low: float
    i2_high: float
    h2: float


def heterogeneity(y: Floats, v: Floats, tau2: float) -> Heterogeneity:
    """How far the estimates differ.

    I² = 100 tau²/(tau² + ν), where ν is the typical variance (k − 1) Σw / ((Σw)² − Σw²), w = 1/v: Higgins & Thompson
    2002, Statistics in Medicine 21. The interval of tau² holds the values at which the generalised Q is between the
    quantiles of chi-squared: Viechtbauer 2007, Statistics in Medicine 26.
    """
    degrees = len(y) - 1
    weight = 1 / v
    typical = degrees * weight.sum() / (weight.sum() ** 2 - (weight**2).sum())
    q = generalised_q(y, v, 0.0)
    low, high = q_profile(y, v)

    def share(t: float) -> float:
        return float(100 * t / (t + typical))

    return Heterogeneity(
        q=q,
        degrees=degrees,
        p_value=float(chdtrc(degrees, q)),
        tau2=tau2,
        tau2_low=low,
        tau2_high=high,
        i2=share(tau2),
        i2_low=share(low),
        i2_high=share(high),
        h2=float((tau2 + typical) / typical),
    )


def generalised_q(y: Floats, v: Floats, tau2: float) -> float:
    """Σw (y − mean)² with w = 1/(v + tau²); with tau² = 0, Cochran's Q."""
    weight = 1 / (v + tau2)
    return float(weight @ (y - weight @ y / weight.sum()) ** 2)


def q_profile(y: Floats, v: Floats) -> tuple[float, float]:
    """Limits of tau²; both nought where the estimates differ less than even chance would have it."""
    degrees = len(y) - 1
    tail = (1 - CONFIDENCE) / 2
    return _where(y, v, float(chdtri(degrees, tail))), _where(y, v, float(chdtri(degrees, 1 - tail)))


def prediction_interval(pooled: Pooled, tau2: float) -> tuple[float, float]:
    """Where the true effect of a further programme is expected: mean ± t sqrt(se² + tau²).

    Higgins, Thompson & Spiegelhalter 2009, Journal of the Royal Statistical Society A 172, with the pooled estimate's
    own degrees of freedom.
    """
    half = critical(pooled.degrees) * (pooled.std_error**2 + tau2) ** 0.5
    return pooled.estimate - half, pooled.estimate + half


def _where(y: Floats, v: Floats, quantile: float) -> float:
    """The tau² at which the generalised Q, which only falls, is this quantile."""

    def excess(t: float) -> float:
        return generalised_q(y, v, t) - quantile

    if excess(0.0) <= 0:
        return 0.0
    high = float(v.max()) + float(np.ptp(y)) ** 2
    while excess(high) > 0:
        high *= 2
    return float(brentq(excess, 0.0, high, xtol=1e-300, rtol=8.9e-16, maxiter=1000))
