"""Every estimator of the product on one drawn world, by the product's own functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from calibration_parts.world import World
from likeforlike.estimates.aipw import cross_fitted_aipw
from likeforlike.estimates.difference import Difference
from likeforlike.estimates.few import FEW, few_people
from likeforlike.estimates.linearised import matched_terms
from likeforlike.estimates.neighbourhood import Neighbourhood
from likeforlike.estimates.prognosis import Prognosis
from likeforlike.estimates.ttest import justice_t_test
from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.design import Design, build_design
from likeforlike.matching.methods import Scored, spread, weigh
from likeforlike.matching.score import fit_score
from likeforlike.matching.support import as_levels, common_support
from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]
COVARIATES = [
    Covariate(name=f"x{i}", label=f"x{i}", kind="number" if i < 6 else "flag", group="all") for i in range(10)
]
METHODS = {
    "radius": {"method": "radius"},
    "kernel": {"method": "kernel"},
    "nearest, replaced": {"method": "nearest"},
    "nearest, not replaced": {"method": "nearest", "replace": False},
    "odds": {"method": "odds"},
    "overlap": {"method": "overlap"},
    "entropy": {"method": "entropy"},
}


@dataclass(frozen=True, slots=True)
class Estimated:
    """One estimator on one outcome, and the truth for whom it speaks."""

    method: str
    effect: float
    truth: float
    found: Difference


def estimate_all(world: World, seed: int) -> Iterator[Estimated]:
    """Score once, then match or weight by every method, and estimate both outcomes."""
    frame = as_levels(pl.DataFrame(world.known, schema=[c.name for c in COVARIATES]), COVARIATES)
    inside = common_support(frame.with_columns(treated=pl.Series(world.treated)), COVARIATES)
    world = world.among(inside.to_numpy())
    treated = world.treated
    design = build_design(frame.filter(inside), COVARIATES)
    score = fit_score(design, treated)
    logit = score.logit
    scored = Scored(design, logit, logit, treated, ~treated, spread(logit, treated))
    for method, how in METHODS.items():
        matching = MatchingDefaults(caliper=0.1 if method in ("radius", "kernel") else 0.2, **how)
        weights = weigh(scored, matching, matching.caliper * scored.spread)
        yield from _matched(method, world, design, scored, weights, matching)
    both = np.stack([outcome for _, outcome in _outcomes(world)])
    doubly = cross_fitted_aipw(design, treated, both, seed, start=score.coefficients)
    for (effect, _), found in zip(_outcomes(world), doubly, strict=True):
        truth = -effect * float(world.risk[treated].mean())
        yield Estimated("AIPW", effect, truth, found.difference)


def _matched(
    method: str, world: World, design: Design, scored: Scored, weights: Weights, matching: MatchingDefaults
) -> Iterator[Estimated]:
    treated = world.treated
    weight = np.zeros(len(treated))
    weight[treated], weight[~treated] = weights.treated, weights.pool
    used = weight > 0
    own, kept = weight[used & treated], treated[used]
    near = Neighbourhood(
        matching.method,
        matching.caliper * scored.spread,
        kept,
        scored.distance[used],
        weight[used],
        _pairs(weights),
    )
    prognosis = Prognosis.of(design.take(used), ~kept)
    truth = float(np.average(world.risk[used & treated], weights=own))
    for effect, outcome in _outcomes(world):
        values = outcome[used]
        for name, expected, inflation in (
            (method, prognosis.expected(values), prognosis.inflation),
            (f"{method}, uncorrected", np.zeros(len(values)), 1.0),
        ):
            beyond = values - expected
            alike = near.alike(beyond)
            found = matched_terms(
                beyond[kept],
                alike.to_participants,
                alike.residual,
                weight[used][~kept],
                own_weight=own,
                mean_treated=float(np.average(values[kept], weights=own)),
                inflation=inflation,
            )
            small = name == "radius" and np.count_nonzero(kept) < FEW
            judged = few_people(found) if small else found.difference()
            yield Estimated(name, effect, -effect * truth, judged)
        if method == "radius":
            found = justice_t_test(values[kept], values[~kept], weight[used][~kept])
            yield Estimated("radius, t-test of the Justice Data Lab", effect, -effect * truth, found)


def _outcomes(world: World) -> tuple[tuple[float, Floats], tuple[float, Floats]]:
    return (0.0, world.plain), (0.15, world.helped)


def _pairs(weights: Weights) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
    """Pairs with places among those used."""
    if weights.pairs is None:
        return None
    participant = np.cumsum(weights.treated > 0) - 1
    other = np.cumsum(weights.pool > 0) - 1
    return participant[weights.pairs[0]], other[weights.pairs[1]]
