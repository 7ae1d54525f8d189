"""How strong must an omitted cause be, held against what is known? Cinelli & Hazlett 2020.

Journal of the Royal Statistical Society B 82(1). Strength is a partial R²: what the cause would explain of what the
covariates leave open, of taking part (D) and of the outcome (Y).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import stdtrit

from likeforlike.checks.bisect import crossing
from likeforlike.checks.check import PLACES, Finding, Verdict, about_everyone
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.least_squares import LeastSquares, explained
from likeforlike.checks.verdicts import conclusion, known
from likeforlike.checks.words import amount
from likeforlike.labs.definition import Measure
from likeforlike.matching.design import Design, build_design
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
ALPHA = 0.05
MOST = 10.0
NAN = float("nan")


def partial_r2(t: float, df: float) -> float:
    """Share of what is left open that the treatment explains: t² / (t² + df)."""
    return t**2 / (t**2 + df)


def robustness_value(t: float, df: float, *, q: float = 1.0, alpha: float | None = None) -> float:
    """Partial R² with both D and Y that takes away the share q of the estimate, or its significance at `alpha`.

    RV = (sqrt(f⁴ + 4 f²) − f²) / 2 with f = q |t| / sqrt(df), less what is not significant anyway.
    """
    whole = q * abs(t) / math.sqrt(df)
    critical = 0.0 if alpha is None else float(stdtrit(df - 1, 1 - alpha / 2)) / math.sqrt(df - 1)
    f = whole - critical
    if f <= 0:
        return 0.0
    if critical and whole > 1 / critical:
        # so strong an effect that the cause needs to explain less of D than of Y
        return (whole**2 - critical**2) / (1 + whole**2)
    return (math.sqrt(f**4 + 4 * f**2) - f**2) / 2


@dataclass(frozen=True, slots=True)
class Strength:
    """Partial R² with taking part and with the outcome."""

    treatment: float
    outcome: float


def as_strong_as(known: Strength, times: float = 1.0) -> Strength:
    """An omitted cause `times` as strong as known covariates, beside them; NaN where none can be so strong."""
    r2d, r2y = known.treatment, known.outcome
    if not (times * r2d < 1 - r2d and r2y < 1):
        return Strength(NAN, NAN)
    bound = times * r2d / (1 - r2d)
    between = times * r2d**2 / ((1 - times * r2d) * (1 - r2d))
    if not between < 1:
        return Strength(NAN, NAN)
    eta = (math.sqrt(times) + math.sqrt(between)) / math.sqrt(1 - between)
    return Strength(bound, min(eta**2 * r2y / (1 - r2y), 1.0))


def adjusted(estimate: float, std_error: float, df: float, cause: Strength) -> tuple[float, float]:
    """Estimate and standard error beside an omitted cause that works against the estimate."""
    d, y = cause.treatment, cause.outcome
    bias = std_error * math.sqrt(df) * math.sqrt(y * d / (1 - d))
    error = std_error * math.sqrt((1 - y) / (1 - d) * df / (df - 1))
    return math.copysign(1.0, estimate) * (abs(estimate) - bias), error


def times_to_doubt(estimate: float, std_error: float, df: float, known: Strength) -> float:
    """How many times as strong as known covariates a cause must be for the interval to reach zero."""

    def left(times: float) -> float:
        value, error = adjusted(abs(estimate), std_error, df, as_strong_as(known, times))
        gap = value - float(stdtrit(df - 1, 1 - ALPHA / 2)) * error
        return -1.0 if math.isnan(gap) else gap

    if left(0.0) <= 0:
        return 0.0
    return MOST if left(MOST) > 0 else crossing(left, 0.0, MOST)


@dataclass(frozen=True, slots=True)
class OmittedVariable:
    """`holds` where a cause as strong as any one group of covariates would leave the interval clear of zero.

    Else `weakened`; not for intervals that reach zero, nor where whole places took part. What a group explains of
    taking part is measured before matching with both groups weighing the same, what it explains of the outcome in the
    match.
    """

    name: str = "omitted_variable"
    title: str = "How strong must an omitted cause be, held against the covariates?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        term, found = evidence.measure.name, evidence.found
        if evidence.study.plan.place:
            return Finding(self.name, term, "not_applicable", PLACES, why="places")
        df = sum(effective_size(evidence.weight[side]) for side in (evidence.treated, ~evidence.treated)) - 2
        if not known(found) or conclusion(found) == "open" or df <= 2:
            said = "The interval reaches zero, so there is nothing to explain away."
            return Finding(self.name, term, "not_applicable", said, why="open")
        t = found.estimate / found.std_error
        figures = {
            "partial_r2": partial_r2(t, df),
            "robustness_value": robustness_value(t, df),
            "robustness_value_interval": robustness_value(t, df, alpha=ALPHA),
        }
        rows = []
        for group, strength in benchmarks(evidence):
            value, error = adjusted(found.estimate, found.std_error, df, as_strong_as(strength))
            needed = times_to_doubt(found.estimate, found.std_error, df, strength)
            rows.append((group, strength.treatment, strength.outcome, value, error, needed))
        columns = ["item", "r2_treatment", "r2_outcome", "adjusted", "adjusted_error", "times_to_doubt"]
        table = pl.DataFrame(rows, schema=columns, orient="row")
        if not rows:
            return Finding(self.name, term, "not_applicable", "There are no covariates to hold it against.")
        group, *_, value, _, needed = min(rows, key=lambda row: row[-1])
        figures["times_to_doubt"] = needed
        verdict: Verdict = "holds" if needed >= 1 else "weakened"
        at_most = "more than " if needed == MOST else ""
        said = (
            f"Something unseen would have to be {at_most}{needed:.1f} times as telling as all of '{group}' for the "
            f"interval to reach zero; as telling, it would leave {amount(evidence.measure, value)}."
        )
        return Finding(self.name, term, verdict, said, figures, table)


def benchmarks(evidence: Evidence) -> Iterator[tuple[str, Strength]]:
    """Each group of covariates with its strength."""
    everyone = evidence.study.matched.frame.filter(pl.col("distance").is_not_null())
    took_part = everyone["treated"].to_numpy().astype(np.float64)
    alike = np.where(took_part > 0, 1.0, took_part.sum() / max((1 - took_part).sum(), 1.0))
    before = LeastSquares.of(_design(evidence, everyone, ""), alike)
    after = LeastSquares.of(_design(evidence, evidence.units, ""), evidence.weight)
    treated = evidence.treated.astype(np.float64)
    own_before, own_after = before.left(took_part), after.left_beside(evidence.outcome, treated)
    for group in dict.fromkeys(c.group for c in evidence.covariates):
        fewer = LeastSquares.of(_design(evidence, everyone, group), alike)
        fewer_after = LeastSquares.of(_design(evidence, evidence.units, group), evidence.weight)
        yield (
            group,
            Strength(
                explained(fewer.left(took_part), own_before),
                explained(fewer_after.left_beside(evidence.outcome, treated), own_after),
            ),
        )


def _design(evidence: Evidence, frame: pl.DataFrame, without: str) -> Design:
    kept = [c for c in evidence.covariates if c.group != without]
    names = {c.name for c in kept}
    interactions = tuple(pair for pair in evidence.study.matched.interactions if names.issuperset(pair))
    return build_design(frame, kept, interactions)
