"""How often this lab would be wrong: programmes that never were, put through the whole analysis."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from likeforlike.calibration.certificate import Certificate, certify
from likeforlike.calibration.placebo import Selection, draw, plant
from likeforlike.errors import InputProblem, Refused
from likeforlike.estimates import estimate_effects
from likeforlike.estimates.beside import beside
from likeforlike.followup.bystanders import bystanders
from likeforlike.matching import match
from likeforlike.matching.design import build_design
from likeforlike.matching.support import as_levels
from likeforlike.outcomes.open_outcomes import Outcomes, outcomes_of
from likeforlike.terms import Progress, silent

if TYPE_CHECKING:
    from likeforlike.followup import Sample
    from likeforlike.labs.definition import Lab, Measure
    from likeforlike.plan import Plan
    from likeforlike.records import Register

STRENGTHS = (0.5, 1.0)
SIZES = (60, 200, 1000)
PEOPLE_PER_PARTICIPANT = 10
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """Everyone a placebo can be drawn from, and what happened to them."""

    people: Sample
    outcomes: pl.DataFrame
    measures: tuple[Measure, ...]


def calibrate(
    lab: Lab,
    register: Register,
    plan: Plan,
    *,
    sizes: tuple[int, ...] = SIZES,
    strengths: tuple[float, ...] = STRENGTHS,
    replications: int = 200,
    share: float = 0.15,
    seed: int = 1,
    progress: Progress = silent,
) -> Certificate:
    """Draw placebo programmes from the register's untreated people and analyse each as if it were real.

    Parameters
    ----------
    plan
        How they are analysed.
    sizes
        Participants of a placebo.
    strengths
        How strongly it selects: standard deviation of the score's logit.
    share
        Of the events of participants that a planted effect prevents.

    Raises
    ------
    InputProblem
        The register has too few people for the largest size.
    """
    progress("Gathering people who could be compared")
    people = bystanders(lab, register)
    if people.frame.height < PEOPLE_PER_PARTICIPANT * max(sizes):
        raise InputProblem(
            f"The register has {people.frame.height:,} people with an event in the last year that can be followed, "
            f"too few for {max(sizes):,} participants: give smaller --size."
        )
    measures = tuple(lab.outcomes.get(name) for name in plan.headline if not lab.outcomes.get(name).base)
    chosen = people.frame.select("event_id", "person_id", "index_date")
    world = World(people, outcomes_of(chosen, lab, register), measures)
    declared = {c.name: c for c in lab.covariates.covariate}
    covariates = [declared[name] for name in plan.covariates]
    design = build_design(as_levels(people.frame, covariates), covariates, plan.interactions)
    rows: list[Row] = []
    for size, strength in product(sizes, strengths):
        rng = np.random.default_rng([seed, size, round(1000 * strength)])
        for replication in range(replications):
            if replication % 10 == 0:
                progress(f"{size:,} participants, selection {strength:g}: {replication} of {replications}")
            sample, _ = draw(people, design, Selection(strength, size), rng)
            head = {"size": size, "strength": strength, "replication": replication}
            rows += [head | row for row in _analysed(sample, world, plan, share, rng)]
    return certify(pl.DataFrame(rows), lab=lab, plan=plan, register=register, people=people.frame.height)


def _analysed(sample: Sample, world: World, plan: Plan, share: float, rng: np.random.Generator) -> list[Row]:
    """Both without an effect and with one, as every estimator sees it; nothing where it would be refused."""
    try:
        matched = match(sample, plan)
    except Refused:
        return []
    used = matched.frame.filter(pl.col("weight") > 0).select("event_id", "treated")
    theirs = used.filter("treated")["event_id"]
    plain = world.outcomes.join(used.select("event_id"), on="event_id", how="semi")
    planted = plain
    for measure in world.measures:
        planted = plant(planted, theirs, measure, share, rng)
    names = tuple(m.name for m in world.measures)
    rows: list[Row] = []
    for effect, frame in ((0.0, plain), (share, planted)):
        outcomes = Outcomes(matched.lab, matched.seal, frame)
        found = estimate_effects(matched, outcomes, names).frame.with_columns(method=pl.lit("primary"))
        others = beside(matched, outcomes, names, seed=plan.seed)
        every = pl.concat([found, others.frame.filter(pl.col("scale") == "difference")], how="diagonal")
        truth = {m.name: _truth(m, plain, theirs, effect) for m in world.measures}
        for row in every.iter_rows(named=True):
            keys = ("term", "method", "estimate", "std_error", "conf_low", "conf_high", "p_value")
            rows.append({k: row[k] for k in keys} | {"effect": effect, "truth": truth[row["term"]]})
    return rows


def _truth(measure: Measure, plain: pl.DataFrame, theirs: pl.Series, share: float) -> float:
    values = plain[measure.column].cast(pl.Float64)
    own = values.filter(plain["event_id"].is_in(theirs.implode()))
    if measure.kind == "time":
        return share * float(np.mean(values.max() - own.to_numpy()))
    return -share * float(own.mean() or 0.0)
