"""Does the result hang on how alike people must be? The study once more with other callipers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from likeforlike.checks.again import with_matching
from likeforlike.checks.beside import side_by_side
from likeforlike.checks.check import Finding, about_everyone
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.verdicts import known, verdict_beside
from likeforlike.checks.words import amount
from likeforlike.labs.definition import Measure

CALIPERS = (0.05, 0.1, 0.2, 0.5)
MOVED = 1.0


@dataclass(frozen=True, slots=True)
class CaliperSensitivity:
    """`holds` where every calliper concludes the same and moves the estimate by at most a standard error.

    `overturned` where one concludes the opposite, else `weakened`; not where the plan weights instead of matching.
    """

    callipers: tuple[float, ...] = CALIPERS
    """In standard deviations of the logit."""
    name: str = "caliper_sensitivity"
    title: str = "Does the result hang on how alike people must be?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        measure, study = evidence.measure, evidence.study
        if not study.plan.matching.by_distance or not known(evidence.found):
            return Finding(self.name, measure.name, "not_applicable", "The plan uses no calliper.")
        ways, people, worst = {}, [], []
        for width in self.callipers:
            plan = with_matching(study.plan, caliper=width, calipers=())
            made = study.under(plan, f"Once more with a calliper of {width:g} standard deviations")
            ways[f"{width:g}"] = made.differences[measure.name] if made else None
            people.append(made.treated if made else None)
            worst.append(made.worst_smd if made else None)
        table = side_by_side(ways, evidence.found).with_columns(
            pl.Series("n", people, dtype=pl.Float64), pl.Series("worst_smd", worst, dtype=pl.Float64)
        )
        told = table.drop_nulls("change_in_errors")
        verdict = verdict_beside(evidence.found, (way for way in ways.values() if way is not None))
        if verdict == "not_applicable":
            said = "The study could not be made with other callipers."
            return Finding(self.name, measure.name, verdict, said)
        furthest = max(abs(change) for change in told["change_in_errors"])
        if verdict == "holds" and furthest > MOVED:
            verdict = "weakened"
        low, high = min(told["estimate"]), max(told["estimate"])
        figures = {"lowest": low, "highest": high, "largest_change_in_errors": furthest}
        said = (
            f"With callipers from {told['item'][0]} to {told['item'][-1]} standard deviations the estimate lies "
            f"between {amount(measure, low)} and {amount(measure, high)}."
        )
        return Finding(self.name, measure.name, verdict, said, figures, table)
