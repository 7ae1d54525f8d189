"""From scores to weights, by the method that the plan names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import MatchingDefaults
from likeforlike.matching.design import Design
from likeforlike.matching.entropy import entropy_balance
from likeforlike.matching.kernel import epanechnikov
from likeforlike.matching.nearest import nearest
from likeforlike.matching.radius import radius
from likeforlike.matching.weighting import att_odds, overlap
from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
TOLD = 1e-9
"""A spread below this is rounding."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Participants and pool with their scores, exact strata out of each other's reach."""

    design: Design
    logit: Floats
    distance: Floats
    participants: Mask
    pool: Mask
    """Those of the pool who can be compared; whoever is in neither has no support."""
    spread: float
    """Standard deviation of the logit, in which callipers are given."""

    @property
    def distances(self) -> tuple[Floats, Floats]:
        """Of participants and of the pool."""
        return self.distance[self.participants], self.distance[self.pool]

    @property
    def logits(self) -> tuple[Floats, Floats]:
        """Of participants and of the pool."""
        return self.logit[self.participants], self.logit[self.pool]


def spread(logit: Floats, treated: Mask) -> float:
    """Standard deviation of the logit over all units, those beyond the participants' range counted at its ends.

    Pool members who could never take part would otherwise widen the calliper for everyone. Where all participants
    have one score, everybody's counts as it is; where everybody has, it is 1: any calliper holds them all.
    """
    own = logit[treated]
    within = np.clip(logit, own.min(), own.max())
    return next((float(sd) for sd in (np.std(within, ddof=1), np.std(logit, ddof=1)) if sd > TOLD), 1.0)


def apart(frame: pl.DataFrame, exact: tuple[str, ...], logit: Floats, reach: float) -> Floats | float:
    """A shift for each stratum that puts different strata out of each other's reach: one pass serves all."""
    if not exact:
        return 0.0
    stratum = frame.select(pl.struct(*exact).rank("dense")).to_series().to_numpy().astype(float)
    return stratum * (float(np.ptp(logit)) + 2 * reach + 1)


def weigh(scored: Scored, matching: MatchingDefaults, caliper: float) -> Weights:
    """Weight both groups.

    Parameters
    ----------
    caliper
        On the logit's scale, for methods that match by distance.
    """
    at, pool = scored.distances
    match matching.method:
        case "radius":
            return radius(at, pool, caliper)
        case "kernel":
            return epanechnikov(at, pool, caliper)
        case "nearest":
            return nearest(at, pool, ratio=matching.ratio, replace=matching.replace, caliper=caliper)
        case "odds":
            return att_odds(*scored.logits)
        case "overlap":
            return overlap(*scored.logits)
        case "entropy":
            size = len(at)
            targets = scored.design.totals(scored.participants.astype(float)) / size
            weight = entropy_balance(scored.design.take(scored.pool), targets)
            return Weights(np.ones(size), weight * size / weight.sum())
