"""A difference of means between matched groups, its standard error, interval and p-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from likeforlike.matching.effective import effective_size

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


def weighted_difference(
    treated: Floats, comparison: Floats, weight: Floats, own_weight: Floats | None = None
) -> Difference:
    """Difference of weighted means within a part of each group (people with the event): a description.

    V = s²/m + sum_j w_j² (y_j − ȳ)² / (sum w)², t as for `linearised.Linearised`.
    """
    own = np.ones(len(treated)) if own_weight is None else own_weight
    mean_treated = float(np.average(treated, weights=own))
    mean_comparison = float(np.average(comparison, weights=weight))
    size, other_size = effective_size(own), effective_size(weight)
    variance = (own**2 * (treated - mean_treated) ** 2).sum() / own.sum() ** 2 * size / (size - 1) + (
        weight**2 * (comparison - mean_comparison) ** 2
    ).sum() / weight.sum() ** 2
    df = min(size, other_size) - 1
    return inference(
        mean_treated, mean_comparison, mean_treated - mean_comparison, float(np.sqrt(variance)), df
    )


def inference(
    mean_treated: float, mean_comparison: float, effect: float, error: float, df: float
) -> Difference:
    """Interval and p-value by t; unknown where the error is nought or there is no degree of freedom."""
    if error == 0 or df < 1:
        return Difference(mean_treated, mean_comparison, effect, error or NAN, NAN, NAN, NAN)
    half = float(stdtrit(df, (1 + CONFIDENCE) / 2)) * error
    p_value = float(2 * stdtr(df, -abs(effect) / error))
    return Difference(mean_treated, mean_comparison, effect, error, effect - half, effect + half, p_value)


def number_needed(spread: float, difference: float) -> float:
    """Participants for whom a difference of this size would be significant: 1.96² s² / d².

    Parameters
    ----------
    spread
        Variance of the outcome among participants (p(1 − p) for a rate).
    """
    return NAN if difference == 0 else 1.959964**2 * spread / difference**2
