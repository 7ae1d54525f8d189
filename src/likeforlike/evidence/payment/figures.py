"""What was measured: figures of each cohort, or numbers of evidenced outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from likeforlike.evidence.payment.contract import Metric
from likeforlike.evidence.payment.numbers import Printed

METRICS: tuple[Metric, ...] = ("binary", "frequency", "per_reoffender", "severity", "sustained", "demand")


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """One cohort; metrics that are not known are not there."""

    name: str
    people: int | None = None
    comparison_people: int | None = None
    treated: Mapping[Metric, Printed] = field(default_factory=dict)
    comparison: Mapping[Metric, Printed] = field(default_factory=dict)
    risk: Printed | None = None
    improvement: Printed | None = None
    """On the contract's own scale, where only that was published."""
    std_error: float | None = None
    """Of the improvement on the contract's scale."""
    errors: Mapping[Metric, float] = field(default_factory=dict)
    """Standard errors of the differences, in each metric's unit."""
    dispersion: float | None = None
    """Variance of the number of events over its mean."""


@dataclass(frozen=True, slots=True)
class Claim:
    """So many people with an outcome."""

    outcome: str
    count: int
    risk: float | None = None
    weeks: int | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a contract is held against: cohorts, or claims."""

    source: str
    cohorts: tuple[CohortFigures, ...] = ()
    claims: tuple[Claim, ...] = ()
