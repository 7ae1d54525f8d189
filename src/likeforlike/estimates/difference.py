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


def matched_difference(
    treated: Floats,
    alike: Floats,
    residual: Floats,
    weight: Floats,
    *,
    mean_treated: float | None = None,
    inflation: float = 1.0,
) -> Difference:
    """Effect on the matched participants with the linearised variance of radius matching.

    V = [sum_i (y_i − ȳ_i − effect)² + f sum_j w_j² e_j²] / m², where ȳ_i is the mean of the pool members within
    the calliper and e_j how far a comparison person is from those alike. The linearisation of Otsu & Rai 2017;
    Hill & Reiter 2006 compare intervals after matching. t, with one degree of freedom less than the smaller of
    m and the effective comparison group.

    Parameters
    ----------
    treated, alike
        (m,) outcome of each participant, and the mean outcome of those alike to them.
    residual, weight
        (n,) e and w of each comparison person.
    mean_treated
        Mean outcome of the participants, where `treated` holds distances from a prognosis.
    inflation
        f, for residuals of a fitted prognosis.
    """
    m = len(treated)
    effect = float(np.mean(treated - alike))
    own = ((treated - alike - effect) ** 2).sum()
    others = inflation * (weight**2 * residual**2).sum()
    mean = float(treated.mean()) if mean_treated is None else mean_treated
    df = min(float(m), effective_size(weight)) - 1
    return _inference(mean, mean - effect, effect, float(np.sqrt(own + others)) / m, df)


def without_own(residual: Floats, neighbours: NDArray[np.intp]) -> Floats:
    """Residuals from a local mean that holds one's own value, scaled to the size they would have without it.

    Parameters
    ----------
    residual
        (n,) y_j − ȳ_j.
    neighbours
        (n,) people in the local mean, oneself included; those alone get the typical size of the others.
    """
    accompanied = neighbours > 1
    if not accompanied.any():
        return residual
    shrunk = np.where(accompanied, (neighbours - 1) / np.maximum(neighbours, 1), 1.0)
    scaled = residual / np.sqrt(shrunk)
    return np.where(accompanied, scaled, np.sqrt(np.mean(scaled[accompanied] ** 2)))


def weighted_difference(treated: Floats, comparison: Floats, weight: Floats) -> Difference:
    """Difference of weighted means within a part of each group (people with the event): a description.

    V = s²/m + sum_j w_j² (y_j − ȳ)² / (sum w)², t as for `matched_difference`.
    """
    m = len(treated)
    mean_comparison = float(np.average(comparison, weights=weight))
    variance = (
        treated.var(ddof=1) / m + (weight**2 * (comparison - mean_comparison) ** 2).sum() / weight.sum() ** 2
    )
    mean_treated = float(treated.mean())
    df = min(float(m), effective_size(weight)) - 1
    return _inference(
        mean_treated, mean_comparison, mean_treated - mean_comparison, float(np.sqrt(variance)), df
    )


def _inference(
    mean_treated: float, mean_comparison: float, effect: float, error: float, df: float
) -> Difference:
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
