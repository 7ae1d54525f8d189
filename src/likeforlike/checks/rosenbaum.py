"""How much could hidden bias tilt who took part before the result is in doubt? Rosenbaum's bounds for pairs.

Within a pair, Γ is the largest ratio of the odds that one or the other took part. At Γ = 1 chance decides; at each
larger Γ the p-value lies between two bounds. Rosenbaum 2002, Observational Studies, chapter 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import bdtrc, ndtr
from scipy.stats import rankdata

from likeforlike.checks.bisect import crossing
from likeforlike.checks.check import PLACES, Finding, Verdict, about_everyone
from likeforlike.checks.evidence import Evidence
from likeforlike.labs.definition import Measure

Floats = NDArray[np.float64]
GAMMAS = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0, 2.5, 3.0)
ENOUGH = 1.2
"""Γ up to which a result should stay significant."""
LARGEST = 100.0
ONE_SIDED = 0.025
"""Half of 5%: the bounds are about one direction, that of the estimate."""


def sign_bounds(favouring: int, discordant: int, gamma: float) -> tuple[float, float]:
    """Lower and upper bound of the one-sided p-value of McNemar's exact test: P(Bin(D, p) ≥ a), p+ = Γ / (1 + Γ).

    Parameters
    ----------
    favouring
        a, the discordant pairs in the direction of the estimate.
    discordant
        D, all pairs of which one had the event and the other not.

    Notes
    -----
    R's `rbounds` 2.2 leaves the pairs seen out of the tail, P(Bin(D, p) > a): its p-values are too small.
    """
    lower, upper = (
        float(bdtrc(favouring - 1, discordant, p)) for p in (1 / (1 + gamma), gamma / (1 + gamma))
    )
    return lower, upper


def signed_rank_bounds(difference: Floats, gamma: float) -> tuple[float, float]:
    """Bounds of the one-sided p-value that differences are above zero, by Wilcoxon's signed ranks and normal theory.

    E = p+ sum r, V = p+ (1 − p+) sum r², without pairs that do not differ; ties share their mean rank.

    Parameters
    ----------
    difference
        (pairs,), positive in the direction of the estimate.
    """
    moved = difference[difference != 0]
    if not len(moved):
        return 1.0, 1.0
    ranks = rankdata(np.abs(moved))
    seen = float(ranks[moved > 0].sum())
    share = gamma / (1 + gamma)
    spread = float(np.sqrt(share * (1 - share) * (ranks**2).sum()))
    lower, upper = (float(ndtr((p * ranks.sum() - seen) / spread)) for p in (1 - share, share))
    return lower, upper


def largest_gamma(bounds: Callable[[float], tuple[float, float]], level: float = ONE_SIDED) -> float:
    """The largest Γ at which the upper bound is at most `level`; 1 where it is not so even by chance alone."""
    if bounds(1.0)[1] > level:
        return 1.0
    if bounds(LARGEST)[1] <= level:
        return LARGEST
    return crossing(lambda gamma: level - bounds(gamma)[1], 1.0, LARGEST)


@dataclass(frozen=True, slots=True)
class Rosenbaum:
    """`holds` where pairs stay significant up to Γ = 1.2, else `weakened`; not where they are not even at Γ = 1.

    Nor where whole places took part. Pairs are of nearest neighbours, one each and none twice, within the plan's
    calliper, whatever the plan's own method; for rates McNemar's test, else signed ranks.
    """

    name: str = "rosenbaum"
    title: str = "How much could hidden bias tilt who took part before the result is in doubt?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        term = evidence.measure.name
        if evidence.study.plan.place:
            return Finding(self.name, term, "not_applicable", PLACES, why="places")
        pairs = evidence.study.pair_differences(evidence.measure)
        if pairs is None or evidence.found.estimate == 0:
            return Finding(
                self.name, term, "not_applicable", "There are no pairs with a difference to check."
            )
        toward = pairs * np.sign(evidence.found.estimate)
        if evidence.measure.kind == "rate":
            favouring, discordant = int((toward > 0).sum()), int((toward != 0).sum())
            bounds = lambda gamma: sign_bounds(favouring, discordant, gamma)  # noqa: E731
        else:
            bounds = lambda gamma: signed_rank_bounds(toward, gamma)  # noqa: E731
        return told(self.name, term, bounds, len(pairs))


def told(name: str, term: str, bounds: Callable[[float], tuple[float, float]], people: int) -> Finding:
    """The finding that bounds of p-values give."""
    rows = [(f"{g:g}", g, *bounds(g)) for g in GAMMAS]
    table = pl.DataFrame(rows, schema=["item", "gamma", "p_lower", "p_upper"], orient="row")
    gamma = largest_gamma(bounds)
    figures = {"gamma": gamma, "p_value": bounds(1.0)[1], "n": float(people)}
    if gamma == 1.0:
        said = "Not significant without any hidden bias, so there is nothing to explain away."
        return Finding(name, term, "not_applicable", said, figures, table, "open")
    verdict: Verdict = "holds" if gamma >= ENOUGH else "weakened"
    said = (
        f"The result stays significant unless hidden bias makes the odds of taking part more than {gamma:.2f} times "
        "as high for one of two people who look alike."
    )
    return Finding(name, term, verdict, said, figures, table)
