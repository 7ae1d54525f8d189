"""One placebo programme through the whole analysis, without an effect and with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.calibration.placebo import plant, planted_effect
from likeforlike.errors import Refused
from likeforlike.estimates.aipw import cross_fitted_aipw
from likeforlike.estimates.difference import UNKNOWN, Difference
from likeforlike.estimates.estimate import Groups, values
from likeforlike.estimates.ttest import justice_t_test
from likeforlike.followup import Sample
from likeforlike.labs.definition import Measure
from likeforlike.matching import match
from likeforlike.outcomes.open_outcomes import Outcomes
from likeforlike.plan import Plan

Floats = NDArray[np.float64]
Row = dict[str, Any]
METHODS = ("primary", "justice_t_test", "aipw")
"""The primary estimate, and what may stand beside it."""
FIGURES = ("estimate", "std_error", "conf_low", "conf_high", "p_value")


@dataclass(frozen=True, slots=True)
class World:
    """Everyone a placebo can be drawn from, what happened to them, and how it is analysed."""

    people: Sample
    outcomes: pl.DataFrame
    measures: tuple[Measure, ...]
    plan: Plan
    share: float
    """Of the events of participants that a planted effect prevents."""
    methods: tuple[str, ...] = METHODS


def analyse(sample: Sample, world: World, rng: np.random.Generator) -> list[Row]:
    """A row for each measure, method and effect; unknown figures where the study would be refused.

    Both versions of a programme share one match, one prognosis and one division into folds.
    """
    try:
        matched = match(sample, world.plan)
    except Refused:
        return [
            _row(m, method, effect, 0.0, UNKNOWN)
            for m in world.measures
            for method in world.methods
            for effect in (0.0, world.share)
        ]
    used = matched.frame.filter(pl.col("weight") > 0).select("event_id")
    frame = world.outcomes.join(used, on="event_id", how="semi")
    groups = Groups.of(matched, Outcomes(matched.lab, matched.seal, frame))
    treated, weight = groups.near.treated, groups.near.weight
    cases: list[tuple[Measure, float, float, float, Floats]] = []
    for measure in world.measures:
        plain = values(groups.units, measure)
        planted = plant(plain, treated, measure, world.share, rng)
        truth, alike = (
            planted_effect(plain, treated, counts, measure, world.share)
            for counts in (weight, np.ones(len(weight)))
        )
        cases += [(measure, 0.0, 0.0, 0.0, plain), (measure, world.share, truth, alike, planted)]
    # drawn in any case: which methods are tried does not change whom the next programme chooses
    seed = int(rng.integers(2**32))
    robust = iter(_robust(groups, cases, seed) if "aipw" in world.methods else ())
    rows = []
    for measure, effect, truth, alike, y in cases:
        others, own = weight[~treated], weight[treated]
        rows.append(_row(measure, "primary", effect, truth, groups.difference(y)))
        if "justice_t_test" in world.methods:
            few = min(len(own), len(others)) < 2
            t_test = UNKNOWN if few else justice_t_test(y[treated], y[~treated], others, own)
            rows.append(_row(measure, "justice_t_test", effect, truth, t_test))
        if "aipw" in world.methods:
            rows.append(_row(measure, "aipw", effect, alike, next(robust)))
    return rows


def _robust(
    groups: Groups, cases: list[tuple[Measure, float, float, float, Floats]], seed: int
) -> list[Difference]:
    """One split of the people is enough here: its chance is part of what the replications show."""
    stacked = np.array([y for *_, y in cases])
    found = cross_fitted_aipw(
        groups.prognosis.design, groups.near.treated, stacked, seed, splits=1, cluster=groups.place
    )
    return [one.difference for one in found]


def _row(measure: Measure, method: str, effect: float, truth: float, found: Difference) -> Row:
    figures = {key: float(getattr(found, key)) for key in FIGURES}
    return {"term": measure.name, "method": method, "effect": effect, "truth": truth, **figures}
