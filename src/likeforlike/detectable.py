"""What a study of this size can see: the smallest effect it would likely find, and the people an effect needs.

For use before results: what can be seen is no reading of what was seen. Every function takes arrays as well as
numbers. A spread is the standard deviation of the outcome in one person: `rate_spread`, `frequency_spread`, or
that of the days. Two-sided tests, normal quantiles.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

Floats = NDArray[np.float64]
CONFIDENCE = 0.95
POWER = 0.8
ALPHA = 0.05


def rate_spread(rate: ArrayLike) -> Floats:
    """Standard deviation of a yes or no of which this share is yes: sqrt(p(1 − p))."""
    p = np.asarray(rate, dtype=np.float64)
    return np.sqrt(p * (1 - p))


def frequency_spread(mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """Standard deviation of a count whose variance is its mean times a dispersion: sqrt(φμ)."""
    return np.sqrt(np.multiply(mean, dispersion, dtype=np.float64))


def expected_error(treated: ArrayLike, per_treated: ArrayLike, spread: ArrayLike) -> Floats:
    """Standard error of the difference: s sqrt(1/n + 1/(n k)).

    Parameters
    ----------
    treated
        Participants in the analysis.
    per_treated
        Effective comparison people for each of them; infinite where the comparison is exact.
    spread
        Standard deviation of the outcome, on whose scale the result is.
    """
    n = np.asarray(treated, dtype=np.float64)
    found: Floats = np.asarray(spread) * np.sqrt((1 + 1 / np.asarray(per_treated, dtype=np.float64)) / n)
    return found


def expected_half_width(
    treated: ArrayLike, per_treated: ArrayLike, spread: ArrayLike, confidence: float = CONFIDENCE
) -> Floats:
    """How far the limits will lie from the estimate. Parameters as for `expected_error`."""
    return _to_either_limit(confidence) * expected_error(treated, per_treated, spread)


def detectable_effect(
    treated: ArrayLike,
    per_treated: ArrayLike,
    spread: ArrayLike,
    power: float = POWER,
    alpha: float = ALPHA,
    degrees: float = np.inf,
) -> Floats:
    """The smallest true difference found significant with this power: (z₁₋α/₂ + z_power) × standard error.

    Bloom 1995; with t for z where the error has few degrees of freedom, as of a few places (Murray 1998). Parameters as
    for `expected_error`; `power` is the chance to find it, `alpha` that of a false claim.
    """
    return _distance(power, alpha, degrees) * expected_error(treated, per_treated, spread)


def participants_needed(
    effect: ArrayLike,
    per_treated: ArrayLike,
    spread: ArrayLike,
    power: float = POWER,
    alpha: float = ALPHA,
) -> Floats:
    """Participants for whom a true difference of this size is found with this power, rounded up.

    ((z₁₋α/₂ + z_power) s / d)² (1 + 1/k); infinite for no effect. With power 0.5 and an exact comparison it is the
    Justice Data Lab's number needed, 1.96² s² / d². Parameters as for `detectable_effect`.
    """
    size = np.abs(np.asarray(effect, dtype=np.float64))
    with np.errstate(divide="ignore"):
        people = (_distance(power, alpha) * np.asarray(spread) / size) ** 2
    # A hair above a whole number is rounding, not one more person.
    found: Floats = np.ceil(people * (1 + 1 / np.asarray(per_treated, dtype=np.float64)) * (1 - 1e-12))
    return found


def power_to_detect(
    effect: ArrayLike, treated: ArrayLike, per_treated: ArrayLike, spread: ArrayLike, alpha: float = ALPHA
) -> Floats:
    """The chance that a true difference of this size is found significant, either way: the power curve.

    Φ(|d|/se − z) + Φ(−|d|/se − z). Parameters as for `detectable_effect`.
    """
    away = np.abs(np.asarray(effect)) / expected_error(treated, per_treated, spread)
    z = _to_either_limit(1 - alpha)
    found: Floats = ndtr(away - z) + ndtr(-away - z)
    return found


def _to_either_limit(confidence: float) -> float:
    """Standard errors from an estimate to either limit."""
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not {confidence}.")
    return float(ndtri((1 + confidence) / 2))


def _distance(power: float, alpha: float, degrees: float = np.inf) -> float:
    """Standard errors between no effect and one found with this power."""
    if not 0.5 <= power < 1:
        raise ValueError(f"A power lies between 0.5 and 1, not {power}.")
    if np.isinf(degrees):
        return _to_either_limit(1 - alpha) + float(ndtri(power))
    return float(stdtrit(degrees, 1 - alpha / 2) + stdtrit(degrees, power))
