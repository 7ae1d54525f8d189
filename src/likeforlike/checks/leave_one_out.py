"""Does the result lean on one covariate? The study once more without each of them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from likeforlike.checks.again import without_covariates
from likeforlike.checks.beside import side_by_side
from likeforlike.checks.check import Finding, about_everyone
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.verdicts import known, verdict_beside
from likeforlike.checks.words import amount
from likeforlike.labs.definition import Measure

MOVED = 1.0
"""Standard errors beyond which a change counts."""


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """`holds` where no single covariate moves the estimate by more than a standard error, nor what it concludes.

    `overturned` where leaving one out makes the study conclude the opposite, else `weakened`. Each time the score,
    the calliper, the match and the outcomes are made anew.
    """

    name: str = "leave_one_out"
    title: str = "Does the result lean on one covariate?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        measure, study = evidence.measure, evidence.study
        ways = {}
        for covariate in evidence.covariates if len(evidence.covariates) > 1 else []:
            plan = without_covariates(study.plan, [covariate.name])
            made = study.under(plan, f"Once more without '{covariate.label}'")
            ways[covariate.label] = made.differences[measure.name] if made else None
        table = side_by_side(ways, evidence.found)
        told = table.drop_nulls("change_in_errors")
        if not told.height or not known(evidence.found):
            said = "The study could not be made with fewer covariates."
            return Finding(self.name, measure.name, "not_applicable", said)
        largest = told.row(int(told["change_in_errors"].abs().arg_max() or 0), named=True)
        verdict = verdict_beside(evidence.found, (way for way in ways.values() if way is not None))
        if verdict == "holds" and abs(largest["change_in_errors"]) > MOVED:
            verdict = "weakened"
        figures = {
            "largest_change": largest["change"],
            "largest_change_in_errors": largest["change_in_errors"],
            "lowest": float(told.select(pl.col("estimate").min()).item()),
            "highest": float(told.select(pl.col("estimate").max()).item()),
            "tried": float(table.height),
            "made": float(told.height),
        }
        said = (
            f"Leaving out '{largest['item']}' changes the estimate the most, by {amount(measure, largest['change'])} "
            f"({abs(largest['change_in_errors']):.1f} standard errors)."
        )
        return Finding(self.name, measure.name, verdict, said, figures, table)
