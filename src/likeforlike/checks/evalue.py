"""How strong would something unseen have to be to explain the effect away? VanderWeele & Ding 2017.

The E-value is the risk ratio that an unseen cause would need with both taking part and the outcome, beyond all
covariates, to bring the estimate to no effect. Annals of Internal Medicine 167(4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from likeforlike.checks.check import Finding, Verdict
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.verdicts import conclusion, known
from likeforlike.checks.words import times
from likeforlike.estimates.difference import Difference
from likeforlike.labs.definition import Measure

ENOUGH = 1.5
"""E-value of the interval from which an effect counts as hard to explain away."""
MOST = 1000.0
"""E-value beyond which a share is nothing but nought."""
NAN = float("nan")


def e_value(ratio: float) -> float:
    """RR + sqrt(RR (RR − 1)), of 1 / RR where RR is below 1; NaN for a ratio that is not known or negative.

    >>> round(e_value(3.9), 2), round(e_value(0.8), 2), e_value(1.0)
    (7.26, 1.81, 1.0)
    """
    if not ratio >= 0:
        return NAN
    if ratio in {0, math.inf}:
        return math.inf
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))


def e_value_of_limit(low: float, high: float) -> float:
    """E-value of the limit nearest to no effect of an interval of risk ratios; 1 where it includes 1."""
    if math.isnan(low) or math.isnan(high):
        return NAN
    if low <= 1 <= high:
        return 1.0
    return e_value(low if low > 1 else high)


def risk_ratios(found: Difference) -> tuple[float, float, float]:
    """Estimate and limits of a difference of shares as ratios to the comparison's share, never below zero."""
    base = found.mean_comparison
    if not base > 0:
        return NAN, NAN, NAN
    low, middle, high = (max(base + d, 0.0) / base for d in (found.conf_low, found.estimate, found.conf_high))
    return middle, low, high


@dataclass(frozen=True, slots=True)
class EValue:
    """`holds` where the interval's E-value is at least 1.5, else `weakened`; not for intervals that reach zero."""

    name: str = "e_value"
    title: str = "How strong would something unseen have to be to explain the effect away?"

    def applies_to(self, measure: Measure) -> bool:
        return measure.kind == "rate" and not measure.descriptive

    def __call__(self, evidence: Evidence) -> Finding:
        ratio, low, high = risk_ratios(evidence.found)
        figures = {
            "risk_ratio": ratio,
            "conf_low": low,
            "conf_high": high,
            "e_value": e_value(ratio),
            "e_value_limit": e_value_of_limit(low, high),
        }
        term, limit = evidence.measure.name, figures["e_value_limit"]
        if not known(evidence.found) or conclusion(evidence.found) == "open":
            said = "The interval reaches zero, so there is nothing to explain away."
            return Finding(self.name, term, "not_applicable", said, figures, why="open")
        if not math.isfinite(limit):
            said = "Nobody in one group had the outcome, so there is no ratio to explain away."
            return Finding(self.name, term, "not_applicable", said, figures)
        verdict: Verdict = "holds" if limit >= ENOUGH else "weakened"
        return Finding(self.name, term, verdict, _said(figures["e_value"], limit), figures)


def _said(estimate: float, limit: float) -> str:
    unseen = "something unseen would have to make both taking part and the outcome"
    if not estimate < MOST:
        return (
            f"Hardly anybody in one group had the outcome, so nothing unseen explains the estimate away; for the "
            f"interval, {unseen} {times(limit)} times as likely."
        )
    return (
        f"To explain the estimate away, {unseen} {times(estimate)} times as likely; {times(limit)} times would do for "
        "the interval."
    )
