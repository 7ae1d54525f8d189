"""A difference of means between matched groups, its standard error, interval and p-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr, stdtrit

Floats = NDArray[np.float64]
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Difference:
    """Treatment minus comparison, on the measure's own scale."""

    mean_treated: float
    mean_comparison: float
    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    p_value: float


NAN = float("nan")
UNKNOWN = Difference(NAN, NAN, NAN, NAN, NAN, NAN, NAN)


def without_own(residual: Floats, own_share: Floats) -> Floats:
    """Residuals from a local mean that holds one's own value, scaled to the size they would have without it.

    Parameters
    ----------
    residual
        (n,) y_j − ȳ_j.
    own_share
        (n,) share of one's own value in ȳ_j; those alone get the typical size of the others.
    """
    accompanied = own_share < 1
    if not accompanied.any():
        return residual
    scaled = residual / np.sqrt(np.where(accompanied, 1 - own_share, 1.0))
    return np.where(accompanied, scaled, np.sqrt(np.mean(scaled[accompanied] ** 2)))


def inference(
    mean_treated: float, mean_comparison: float, effect: float, error: float, df: float
) -> Difference:
    """Interval and p-value by t; unknown where the error is nought or there is no degree of freedom."""
    if error == 0 or df < 1:
        return Difference(mean_treated, mean_comparison, effect, error or NAN, NAN, NAN, NAN)
    half = float(stdtrit(df, (1 + CONFIDENCE) / 2)) * error
    p_value = float(2 * stdtr(df, -abs(effect) / error))
    return Difference(mean_treated, mean_comparison, effect, error, effect - half, effect + half, p_value)


def participants_to_settle(estimate: float, error: float, participants: float) -> float:
    """How many participants would make this estimate significant, if it stays where it is: n (1.96 se / d)².

    The error falls with the square root of the number, the comparison growing alike; so it holds what the comparison
    group, weights, places and the prognosis do to it. Unknown where there is no difference or no error.
    """
    if not error > 0 or estimate == 0:
        return NAN
    return participants * (float(ndtri((1 + CONFIDENCE) / 2)) * error / estimate) ** 2
