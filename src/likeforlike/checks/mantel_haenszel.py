"""The same question as Rosenbaum's for whole strata: bounds of the Mantel–Haenszel test. Becker & Caliendo 2007.

With hidden bias up to Γ, the number of participants with the event in a stratum has a mean between two roots of
E²(Γ − 1) − E[(Γ − 1)(N₁ + Y) + N] + Γ Y N₁ = 0. Stata Journal 7(1); Aakvik 2001.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from likeforlike.checks.check import PLACES, Finding
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.rosenbaum import told
from likeforlike.labs.definition import Measure
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
STRATA = 10
PARTICIPANTS_EACH = 20


@dataclass(frozen=True, slots=True)
class Strata:
    """Counts by stratum, each (strata,); the comparison's may be effective people."""

    treated: Floats
    treated_events: Floats
    comparison: Floats
    comparison_events: Floats


def mh_bounds(strata: Strata, gamma: float) -> tuple[float, float]:
    """Lower and upper bound of the one-sided p-value in the direction of the result.

    1 / V = 1/E + 1/(Y − E) + 1/(N₁ − E) + 1/(N − Y − N₁ + E); at Γ = 1 the hypergeometric mean and variance.
    Unlike Q = (|Y₁ − sum E| − 0.5) / sqrt(sum V), which grows again once the mean has passed what was seen, the upper
    bound then goes on above a half.
    """
    sign = 1.0 if _gap(strata, 1.0)[0] >= 0 else -1.0
    over, under = (_gap(strata, g) for g in (gamma**sign, gamma**-sign))
    lower, upper = (float(ndtr((0.5 - sign * gap) / spread)) for gap, spread in (under, over))
    return lower, upper


def _gap(strata: Strata, gamma: float) -> tuple[float, float]:
    """Y₁ − sum E, and sqrt(sum V)."""
    n1, y = strata.treated, strata.treated_events + strata.comparison_events
    n = n1 + strata.comparison
    mixed = (n1 > 0) & (n1 < n) & (y > 0) & (y < n) & (n > 1)
    n1, y, n = n1[mixed], y[mixed], n[mixed]
    if gamma == 1:
        mean = n1 * y / n
        variance = mean * (n - n1) * (n - y) / (n * (n - 1))
    else:
        across = (gamma - 1) * (n1 + y) + n
        # this way of writing the smaller root loses no digits near gamma = 1
        mean = 2 * gamma * y * n1 / (across + np.sqrt(across**2 - 4 * (gamma - 1) * gamma * y * n1))
        variance = 1 / (1 / mean + 1 / (y - mean) + 1 / (n1 - mean) + 1 / (n - y - n1 + mean))
    gap = float(strata.treated_events[mixed].sum() - mean.sum())
    return gap, float(np.sqrt(variance.sum()))


def strata_of(evidence: Evidence) -> Strata:
    """Participants by tenths of the distance within each exact stratum, and the weighted others with them.

    A stratum's comparison is as many people as its weights are worth, with their weighted share of events.
    """
    stratum = _bins(evidence)
    treated, weight, event = evidence.treated, evidence.weight, evidence.outcome > 0
    counts = []
    for code in np.unique(stratum):
        here = stratum == code
        own, others = here & treated, here & ~treated
        people = effective_size(weight[others])
        share = float(weight[others & event].sum() / weight[others].sum()) if people else 0.0
        counts.append((own.sum(), (own & event).sum(), people, people * share))
    return Strata(*np.array(counts, dtype=np.float64).T)


def _bins(evidence: Evidence) -> NDArray[np.intp]:
    """A stratum's number for each unit; exact strata are set apart in the distance, so its order keeps them whole."""
    treated, distance = evidence.treated, evidence.distance
    exact = evidence.study.plan.matching.exact
    group = np.zeros(len(distance), dtype=np.intp)
    if exact:
        codes = evidence.units.select(pl.struct(*exact).rank("dense")).to_series().to_numpy()
        group = codes.astype(np.intp)
    bins = np.zeros(len(distance), dtype=np.intp)
    for code in np.unique(group):
        here = group == code
        own = distance[here & treated]
        parts = int(np.clip(len(own) // PARTICIPANTS_EACH, 1, STRATA))
        edges = np.quantile(own, np.arange(1, parts) / parts) if len(own) else np.empty(0)
        bins[here] = np.searchsorted(edges, distance[here], side="right")
    return group * STRATA + bins


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """`holds` where the test stays significant up to Γ = 1.2, else `weakened`; not where it is not even at Γ = 1.

    Nor where whole places took part.
    """

    name: str = "mantel_haenszel"
    title: str = "How much could hidden bias tilt who took part, over all who are compared?"

    def applies_to(self, measure: Measure) -> bool:
        return measure.kind == "rate" and not measure.descriptive

    def __call__(self, evidence: Evidence) -> Finding:
        term = evidence.measure.name
        if evidence.study.plan.place:
            return Finding(self.name, term, "not_applicable", PLACES, why="places")
        strata = strata_of(evidence)
        if not _gap(strata, 1.0)[1] > 0:
            said = "All or none had the event in each stratum, so there is nothing to check."
            return Finding(self.name, term, "not_applicable", said)
        people = int(strata.treated.sum())
        return told(self.name, term, lambda gamma: mh_bounds(strata, gamma), people)
