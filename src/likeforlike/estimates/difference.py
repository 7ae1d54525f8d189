"""A difference of means between matched groups, its standard error, interval and p-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

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


def matched_difference(
    treated: Floats,
    alike: Floats,
    comparison: Floats,
    alike_comparison: Floats,
    weight: Floats,
    *,
    mean_treated: float | None = None,
    inflation: float = 1.0,
) -> Difference:
    """Effect on the matched participants with the linearised variance of radius matching.

    V = [sum_i (y_i − ȳ_i − effect)² + f sum_j w_j² (y_j − ȳ_j)²] / m², where ȳ is the mean of the pool members
    within the calliper (of the participant, of the pool member), and t with m − 1 degrees of freedom. The
    linearisation of Otsu & Rai 2017; Hill & Reiter 2006 compare intervals after matching.

    Parameters
    ----------
    treated, alike
        (m,) outcome of each participant, and the mean outcome of those alike to them.
    comparison, alike_comparison, weight
        (n,) outcome of each comparison person, the mean outcome of those alike to them, and their weight.
    mean_treated
        Mean outcome of the participants, where `treated` holds distances from a prognosis.
    inflation
        f, for residuals of a fitted prognosis.
    """
    m = len(treated)
    effect = float(np.mean(treated - alike))
    own = ((treated - alike - effect) ** 2).sum()
    others = inflation * (weight**2 * (comparison - alike_comparison) ** 2).sum()
    mean = float(treated.mean()) if mean_treated is None else mean_treated
    return _inference(mean, mean - effect, effect, float(np.sqrt(own + others)) / m, m - 1)


def weighted_difference(treated: Floats, comparison: Floats, weight: Floats) -> Difference:
    """Difference of weighted means within a part of each group (people with the event): a description.

    V = s²/m + sum_j w_j² (y_j − ȳ)² / (sum w)², t with m − 1 degrees of freedom.
    """
    m = len(treated)
    mean_comparison = float(np.average(comparison, weights=weight))
    variance = (
        treated.var(ddof=1) / m + (weight**2 * (comparison - mean_comparison) ** 2).sum() / weight.sum() ** 2
    )
    mean_treated = float(treated.mean())
    return _inference(
        mean_treated, mean_comparison, mean_treated - mean_comparison, float(np.sqrt(variance)), m - 1
    )


def _inference(
    mean_treated: float, mean_comparison: float, effect: float, error: float, df: int
) -> Difference:
    if error == 0 or df < 1:
        return Difference(
            mean_treated, mean_comparison, effect, float("nan"), float("nan"), float("nan"), float("nan")
        )
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
    return float("nan") if difference == 0 else 1.959964**2 * spread / difference**2
