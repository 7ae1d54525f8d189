"""Choosing the calliper by balance alone: no outcome is known when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.matching.effective import effective_size
from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]
SHARE_KEPT = 0.9


@dataclass(frozen=True, slots=True)
class CaliperChoice:
    """The calliper chosen, in standard deviations of the logit, and all that were tried.

    `table` has `caliper matched imbalance effective chosen`, widest first.
    """

    caliper: float
    table: pl.DataFrame


def choose_caliper(
    candidates: tuple[float, ...],
    weigh: Callable[[float], Weights],
    imbalance: Callable[[Weights], float],
    *,
    good: float,
) -> CaliperChoice:
    """Take the widest calliper with good balance; if none has, the best balanced of those that keep enough people.

    Enough is nine in ten of the most that any calliper matches: the narrowest would otherwise win by dropping people.

    Parameters
    ----------
    candidates
        In standard deviations of the logit.
    weigh
        Weights at a calliper.
    imbalance
        The largest absolute standardised difference under some weights.
    good
        Up to which it is good.
    """
    tried = []
    for caliper in sorted(candidates, reverse=True):
        weights = weigh(caliper)
        worst = imbalance(weights) if weights.matched else np.inf
        worst = np.inf if np.isnan(worst) else float(worst)
        tried.append((caliper, weights.matched, worst, effective_size(weights.pool)))
    most = max(matched for _, matched, _, _ in tried)
    kept = [row for row in tried if row[1] >= SHARE_KEPT * most]
    well = [row for row in kept if row[2] <= good]
    chosen = well[0] if well else min(kept, key=lambda row: row[2])
    table = pl.DataFrame(
        [(*row, row is chosen) for row in tried],
        schema=["caliper", "matched", "imbalance", "effective", "chosen"],
        orient="row",
    )
    return CaliperChoice(chosen[0], table)
