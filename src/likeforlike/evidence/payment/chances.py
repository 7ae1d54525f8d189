"""How likely a rule pays: for this programme again, for one that does nothing, and for one that works."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from likeforlike.evidence.payment.assess import CohortResult, significant_at
from likeforlike.evidence.payment.contract import Contract

Floats = NDArray[np.float64]
SIZES = (100, 300, 1000, 3000)
"""Cohorts of which the risks are shown, besides the one at hand."""
STEPS = 41


@dataclass(frozen=True, slots=True)
class Risk:
    """For a cohort of a size: the chance of paying for nothing, and of not paying for what works."""

    people: int
    false_pay: float
    effects: tuple[float, ...]
    """True improvements, on the contract's scale."""
    false_no_pay: tuple[float, ...]
    """For each of them, the chance that the rule is not met."""


@dataclass(frozen=True, slots=True)
class Chances:
    """What chance has to do with it; all from a normal distribution of the measured improvement about the true one."""

    true_reaches: float | None
    """Chance that the true improvement reaches the threshold, knowing nothing but the figures (flat prior)."""
    pays_again: float
    """Chance that another cohort of this size of the same programme would meet the rule: Φ((i − bar)/(√2 se))."""
    risks: tuple[Risk, ...]
    curve: tuple[tuple[float, float], ...]
    """True improvement, and the chance that a cohort of this size meets the rule."""


def chances(contract: Contract, result: CohortResult) -> Chances | None:
    """The chances for a cohort, where its uncertainty and its size are known."""
    error, people = result.std_error, result.figures.people
    if error is None or people is None or error <= 0:
        return None
    bar = float(bar_of(contract, result, np.array(error)))
    if not np.isfinite(bar):
        return None
    value, threshold = result.improvement.value.value, contract.rule.threshold
    effects = tuple(factor * max(bar, threshold or 0.0) for factor in (1.0, 1.5, 2.0))
    sizes = sorted({people, *SIZES})
    across = np.linspace(min(0.0, value) - error, max(2 * bar, value + 2 * error), STEPS)
    return Chances(
        true_reaches=None if threshold is None else float(ndtr((value - threshold) / error)),
        pays_again=float(ndtr((value - bar) / (2**0.5 * error))),
        risks=tuple(_risk(contract, result, size, effects, error * (people / size) ** 0.5) for size in sizes),
        curve=tuple(zip(across.tolist(), chance_of_payment(across, bar, error).tolist(), strict=True)),
    )


def bar_of(contract: Contract, result: CohortResult, error: ArrayLike) -> Floats:
    """The measured improvement that meets the rule: the highest of its conditions.

    Parameters
    ----------
    error
        Standard errors, (k,) or one.

    Returns
    -------
    As many values; −∞ where no condition is about the improvement.
    """
    spread = np.asarray(error, dtype=np.float64)
    bar = np.full_like(spread, -np.inf)
    if contract.rule.threshold is not None:
        bar = np.maximum(bar, contract.rule.threshold)
    if contract.rule.significance is not None:
        bar = np.maximum(bar, significant_at(contract.rule.significance) * spread)
    baseline, lower = result.improvement.baseline, contract.baseline.lower if contract.baseline else None
    if lower is not None and baseline is not None and contract.measure:
        gap = baseline.value - lower
        bar = np.maximum(bar, gap if contract.measure.scale == "points" else 100 * gap / baseline.value)
    return bar


def chance_of_payment(true: ArrayLike, bar: float, error: float) -> Floats:
    """The chance that an improvement measured with this error reaches the bar: Φ((true − bar)/se)."""
    found: Floats = ndtr((np.asarray(true, dtype=np.float64) - bar) / error)
    return found


def _risk(
    contract: Contract, result: CohortResult, people: int, effects: tuple[float, ...], error: float
) -> Risk:
    bar = float(bar_of(contract, result, np.array(error)))
    missed = tuple(float(1 - chance) for chance in chance_of_payment(effects, bar, error))
    return Risk(people, float(chance_of_payment(0.0, bar, error)), effects, missed)
