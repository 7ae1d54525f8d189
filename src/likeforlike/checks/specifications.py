"""Do other defensible ways of comparing find the same? The specification panel. Simonsohn, Simmons & Nelson 2020.

The ways are given as callables, so that a lab can add its own. Nature Human Behaviour 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from likeforlike.checks.again import with_matching
from likeforlike.checks.beside import side_by_side
from likeforlike.checks.check import Finding, Verdict, about_everyone
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.verdicts import Conclusion, conclusion, known
from likeforlike.checks.words import amount
from likeforlike.estimates.difference import Difference
from likeforlike.labs.definition import Measure
from likeforlike.plan import Plan

AGREED = 0.75
"""Share of the ways that must conclude the same."""


@dataclass(frozen=True, slots=True)
class Specification:
    """One way of comparing."""

    title: str
    estimate: Callable[[Evidence], Difference | None]
    """Nothing where the comparison cannot be made."""
    counted: bool = True
    """Whether it is a fair comparison; others are shown beside it and not counted."""
    matching: Mapping[str, object] | None = None
    """What it changes in the plan's matching; left out where that is what the plan does anyway."""

    def differs_from(self, plan: Plan) -> bool:
        """Whether it is another way than the plan's own; lots leave nothing to match."""
        if self.matching is None:
            return True
        return plan.trial is None and with_matching(plan, **self.matching) != plan


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the ways that count agree with the primary estimate."""

    ways: int
    same_sign: float
    """Share whose estimate has the same sign."""
    same_conclusion: float
    """Share that concludes the same."""
    holding: float
    """Share whose interval holds the primary estimate."""
    opposite: int
    """Ways that conclude the opposite."""
    lowest: float
    highest: float

    @classmethod
    def of(cls, primary: Difference, others: list[Difference]) -> Agreement:
        """Of at least one known estimate with the primary one."""
        own = conclusion(primary)
        against: dict[Conclusion, Conclusion] = {"higher": "lower", "lower": "higher"}
        ways = len(others)
        estimates = [d.estimate for d in others]
        return cls(
            ways,
            sum(e * primary.estimate > 0 or e == primary.estimate for e in estimates) / ways,
            sum(conclusion(d) == own for d in others) / ways,
            sum(d.conf_low <= primary.estimate <= d.conf_high for d in others) / ways,
            sum(conclusion(d) == against.get(own) for d in others),
            min(estimates),
            max(estimates),
        )

    @property
    def verdict(self) -> Verdict:
        """`overturned` where a way concludes the opposite; `holds` where three quarters conclude the same."""
        if self.opposite:
            return "overturned"
        return "holds" if self.same_conclusion >= AGREED else "weakened"


@dataclass(frozen=True, slots=True)
class SpecificationPanel:
    """`overturned` where a way that counts concludes the opposite, `holds` where at least three quarters conclude the
    same as the primary estimate, else `weakened`.
    """

    specifications: Mapping[str, Specification] = field(default_factory=dict)
    name: str = "specifications"
    title: str = "Do other defensible ways of comparing find the same?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        measure, primary = evidence.measure, evidence.found
        plan = evidence.study.plan
        ways = [way for way in self.specifications.values() if way.differs_from(plan)]
        found = [(way, way.estimate(evidence)) for way in ways]
        fair = [d for way, d in found if d and way.counted and known(d)]
        if not fair or not known(primary):
            return Finding(self.name, measure.name, "not_applicable", "No other comparison could be made.")
        counted = pl.Series("counted", [float(way.counted) for way in ways])
        table = side_by_side({way.title: d for way, d in found}, primary).with_columns(counted)
        agreed = Agreement.of(primary, fair)
        figures = {
            "ways": float(agreed.ways),
            "same_sign": agreed.same_sign,
            "same_conclusion": agreed.same_conclusion,
            "holding": agreed.holding,
            "lowest": agreed.lowest,
            "highest": agreed.highest,
        }
        said = (
            f"Of {agreed.ways} other ways, {round(agreed.same_sign * agreed.ways)} point the same way and "
            f"{round(agreed.holding * agreed.ways)} have an interval that holds the estimate; they lie between "
            f"{amount(measure, agreed.lowest)} and {amount(measure, agreed.highest)}."
        )
        return Finding(self.name, measure.name, agreed.verdict, said, figures, table)
