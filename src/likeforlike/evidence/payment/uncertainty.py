"""How uncertain an improvement is: its standard error, from intervals or from numbers of people."""

from __future__ import annotations

from likeforlike.evidence.payment.contract import Contract, Metric
from likeforlike.evidence.payment.figures import CohortFigures
from likeforlike.evidence.payment.improvement import Improvement

SHARES = ("binary", "sustained")
COUNTS = ("frequency",)


def error_of(contract: Contract, cohort: CohortFigures, improvement: Improvement) -> float | None:
    """The standard error on the contract's scale, or nothing where the figures do not tell.

    In percent of the baseline by the delta method: 100 sqrt(v_t + (t/b)² v_b) / b, with t the cohort's figure and b the
    baseline's. A baseline without people counts as exact.
    """
    if cohort.std_error is not None:
        return cohort.std_error
    if contract.measure is None or improvement.treated is None or improvement.baseline is None:
        return None
    metric = contract.measure.metric
    treated, base = improvement.treated.value, improvement.baseline.value
    if metric in cohort.errors and contract.baseline and contract.baseline.kind == "matched":
        error = cohort.errors[metric]
        return error if contract.measure.scale == "points" else 100 * error / base
    own = _variance(metric, treated, cohort.people, cohort)
    if own is None:
        return None
    people = contract.baseline.people if contract.baseline and contract.baseline.people else None
    other = _variance(metric, base, cohort.comparison_people or people, cohort) or 0.0
    if contract.measure.scale == "points":
        return float((own + other) ** 0.5)
    return float(100 * (own + (treated / base) ** 2 * other) ** 0.5 / base)


def dispersion_of(cohort: CohortFigures) -> float | None:
    """Variance of the number of events a person has over its mean.

    As given, or else from the share p with any and the mean m among those, if the number among those is geometric: the
    variance is p(2m² − m) − (pm)². The cohort's own figures are used.
    """
    if cohort.dispersion is not None:
        return cohort.dispersion
    rate, frequency = cohort.treated.get("binary"), cohort.treated.get("frequency")
    if rate is None or frequency is None or rate.value <= 0 or frequency.value <= 0:
        return None
    p, mean = rate.value / 100, frequency.value / 100
    among = max(mean / p, 1.0)
    return (p * (2 * among**2 - among) - mean**2) / mean


def _variance(metric: Metric, value: float, people: int | None, cohort: CohortFigures) -> float | None:
    """Of the printed figure; shares are in percent and counts per 100 people."""
    if people is None:
        return None
    if metric in SHARES:
        return max(value * (100 - value), 0.0) / people
    dispersion = dispersion_of(cohort)
    if metric in COUNTS and dispersion is not None:
        return 100 * dispersion * value / people
    return None
