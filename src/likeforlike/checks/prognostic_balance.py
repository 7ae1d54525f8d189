"""Are the groups alike on what foretells the outcome? Stuart, Lee & Leacy 2013.

The prognostic score is what the covariates lead one to expect without the programme, fitted among the comparison
people alone; its balance says more of bias than that of any one covariate. Journal of Clinical Epidemiology 66(8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.checks.check import Finding, Verdict, about_everyone
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.least_squares import LeastSquares
from likeforlike.checks.words import amount
from likeforlike.labs.definition import Measure
from likeforlike.matching.design import build_design

Floats = NDArray[np.float64]
PEOPLE_PER_TERM = 10


@dataclass(frozen=True, slots=True)
class PrognosticBalance:
    """`holds` up to the lab's green limit of a standardised difference, beyond it `weakened`.

    `overturned` beyond the amber limit where the groups' expected outcomes differ the same way as the estimate and
    at least as much. Not with fewer than ten comparison people for each term of the fit.
    """

    name: str = "prognostic_balance"
    title: str = "Are the groups alike on what foretells the outcome?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        measure, treated = evidence.measure, evidence.treated
        design = build_design(evidence.units, evidence.covariates, evidence.study.matched.interactions)
        if (~treated).sum() < PEOPLE_PER_TERM * len(design.terms) or not treated.any():
            said = "There are too few comparison people to say what foretells the outcome."
            return Finding(self.name, measure.name, "not_applicable", said)
        fit = LeastSquares.of(design, (~treated).astype(np.float64))
        expected = design.times(fit.coefficients(evidence.outcome))
        before, _ = balance(expected, treated, np.ones(len(expected)))
        after, apart = balance(expected, treated, evidence.weight)
        figures = {"smd_unweighted": before, "smd": after, "difference": apart}
        limits, effect = evidence.study.plan.matching, evidence.found.estimate
        verdict: Verdict = "holds" if abs(after) <= limits.green_smd else "weakened"
        if abs(after) > limits.amber_smd and apart * effect > 0 and abs(apart) >= abs(effect):
            verdict = "overturned"
        said = (
            f"By what the covariates foretell, the groups would differ by {amount(measure, apart)} without the "
            f"programme (standardised {after:+.3f})."
        )
        return Finding(self.name, measure.name, verdict, said, figures)


def balance(score: Floats, treated: NDArray[np.bool_], weight: Floats) -> tuple[float, float]:
    """Standardised and plain difference of weighted means; the participants' own standard deviation, n − 1.

    Zero where the score is the same for everyone.
    """
    own, others = score[treated], score[~treated]
    apart = float(np.average(own, weights=weight[treated]) - np.average(others, weights=weight[~treated]))
    spread = float(own.std(ddof=1)) if len(own) > 1 else 0.0
    if spread <= 1e-12 * max(float(np.abs(score).max()), 1e-300):
        return 0.0, apart
    return apart / spread, apart
