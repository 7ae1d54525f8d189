"""How often: events per person between two groups, as a ratio and a difference, for counts that vary more than Poisson.

Most people have none and a few have many, so a t-test on counts is too sure of itself in small groups; one
dispersion, learnt from both groups, is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from likeforlike.estimates.difference import CONFIDENCE
from likeforlike.estimates.inference import (
    NAN,
    UNKNOWN_INTERVAL,
    Interval,
    around,
    hybrid,
    quantile,
    reaching,
    two_sided,
)
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
PER = 100


@dataclass(frozen=True, slots=True)
class Frequency:
    """Events per person of both groups, compared. NaN where unknown, and `reason` says why.

    `difference` is treatment minus comparison per 100 people. `log_error` is the quasi-Poisson standard error of
    the log ratio; `log_error_robust` and `ratio_robust` do without a common dispersion.
    """

    mean_treated: float
    mean_comparison: float
    dispersion: float
    ratio: Interval
    log_error: float
    p_value: float
    """Of the ratio."""
    difference: Interval
    p_difference: float = NAN
    """Of the difference: that of the interval which just reaches nought."""
    ratio_robust: Interval = UNKNOWN_INTERVAL
    log_error_robust: float = NAN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """A group's size and events, in effective people, and how far its counts lie from their mean."""

    size: float
    events: float
    mean: float
    pearson: float
    robust: float
    """Variance of the log of the mean, from this group alone."""

    @classmethod
    def of(cls, count: Floats, weight: Floats) -> _Group:
        size, mean = effective_size(weight), float(np.average(count, weights=weight))
        share = weight / weight.sum()
        apart = (count - mean) ** 2
        if mean == 0:
            return cls(size, 0.0, 0.0, 0.0, NAN)
        correction = size / (size - 1) if size > 1 else NAN
        robust = float((share**2 * apart).sum()) / mean**2 * correction
        return cls(size, size * mean, mean, size * float((share * apart).sum()) / mean, robust)


def compare_frequency(
    treated: Floats,
    comparison: Floats,
    weight: Floats,
    own_weight: Floats | None = None,
    confidence: float = CONFIDENCE,
) -> Frequency:
    """Events per person of participants against the weighted comparison group: quasi-Poisson.

    SE(log ratio) = sqrt(φ (1/Y₁ + 1/Y₀)), φ = Pearson's χ² / (n − 2), with t on n − 2 degrees of freedom: of equally
    weighted people this is R's `glm(family = quasipoisson)`. A weighted group counts with its effective size n and
    n times its mean as its events Y. The robust error is the sandwich, each group times n / (n − 1). The difference
    takes the distances from each mean to the limits of its own log interval (Zou and Donner 2008). Without events in
    one group its limit is exact for Y/φ events (Clopper and Pearson 1934; Garwood 1936), φ that of the other group
    but at least 1. McCullagh and Nelder 1989; Wedderburn 1974.

    Parameters
    ----------
    treated
        (participants,) events of each.
    comparison, weight
        (pool,) events of each and their weights.
    own_weight
        (participants,) their weights; all count 1 where it is not given.
    """
    own = np.ones(len(treated)) if own_weight is None else own_weight
    if not own.any() or not weight.any():
        return _unknown(NAN, NAN, "One of the groups has nobody.")
    first, second = _Group.of(treated, own), _Group.of(comparison, weight)
    if first.events == 0 and second.events == 0:
        return _unknown(0.0, 0.0, "Nobody in either group had an event.")
    if first.events == 0 or second.events == 0:
        return _without_events(first, second, confidence)
    df = first.size + second.size - 2
    if df < 1:
        return _unknown(first.mean, second.mean, "There are too few people to see how much counts vary.")
    dispersion = (first.pearson + second.pearson) / df
    # Rounding of the means leaves about 1e-31 where counts do not vary at all.
    if dispersion < 1e-12:
        return _unknown(first.mean, second.mean, "Everyone within each group had the same number of events.")
    log_ratio = float(np.log(first.mean / second.mean))
    error = float(np.sqrt(dispersion * (1 / first.events + 1 / second.events)))
    robust = float(np.sqrt(first.robust + second.robust))

    def apart(multiple: float) -> Interval:
        return hybrid(*(_mean(g, dispersion, multiple) for g in (first, second)))

    return Frequency(
        mean_treated=first.mean,
        mean_comparison=second.mean,
        dispersion=dispersion,
        ratio=_exponential(around(log_ratio, error, confidence, df)),
        log_error=error,
        p_value=two_sided(log_ratio / error, df),
        difference=apart(quantile(confidence, df)).times(PER),
        p_difference=two_sided(reaching(apart), df),
        ratio_robust=_exponential(around(log_ratio, robust, confidence)),
        log_error_robust=robust,
    )


def _mean(group: _Group, dispersion: float, multiple: float) -> Interval:
    half = multiple * float(np.sqrt(dispersion / group.events))
    return Interval(group.mean, group.mean * _exp(-half), group.mean * _exp(half))


def _exponential(log: Interval) -> Interval:
    return Interval(_exp(log.estimate), _exp(log.low), _exp(log.high))


def _exp(value: float) -> float:
    """Unbounded, not an error, where hardly anything is known."""
    with np.errstate(over="ignore"):
        return float(np.exp(value))


def _without_events(first: _Group, second: _Group, confidence: float) -> Frequency:
    """One group had none: all that its limit depends on is how many the other had."""
    some, none = (second, first) if first.events == 0 else (first, second)
    if some.size < 2:
        return _unknown(first.mean, second.mean, "There are too few people to see how much counts vary.")
    dispersion = max(some.pearson / (some.size - 1), 1.0)
    events, tail = some.events / dispersion, (1 - confidence) / 2
    # All of that many events falling to one side: a share s of the people has chance s ** events.
    most = some.size / none.size * (_exp(-np.log(tail) / events) - 1)
    p_value = min(1.0, 2 * (some.size / (some.size + none.size)) ** events)

    def apart(z: float) -> Interval:
        level = two_sided(z) / 2
        unseen = Interval(0.0, 0.0, float(-np.log(level)) * dispersion / none.size)
        seen = _mean(some, dispersion, float(-stdtrit(some.size - 1, level)))
        return hybrid(unseen, seen) if none is first else hybrid(seen, unseen)

    ratio = Interval(0.0, 0.0, most) if none is first else Interval(np.inf, 1 / most, np.inf)
    which = "participants" if none is first else "the comparison group"
    return Frequency(
        mean_treated=first.mean,
        mean_comparison=second.mean,
        dispersion=dispersion,
        ratio=ratio,
        log_error=NAN,
        p_value=p_value,
        difference=apart(quantile(confidence)).times(PER),
        p_difference=two_sided(reaching(apart)),
        reason=f"Nobody among {which} had an event, so one limit is exact and there is no standard error.",
    )


def _unknown(mean_treated: float, mean_comparison: float, reason: str) -> Frequency:
    apart = PER * (mean_treated - mean_comparison)
    ratio = mean_treated / mean_comparison if mean_comparison else NAN
    return Frequency(
        mean_treated,
        mean_comparison,
        NAN,
        Interval(ratio, NAN, NAN),
        NAN,
        NAN,
        Interval(apart, NAN, NAN),
        reason=reason,
    )
