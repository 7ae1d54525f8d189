"""How often this lab would be wrong: programmes that never were, put through the whole analysis."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from likeforlike.calibration.certificate import Certificate, certify
from likeforlike.calibration.placebo import Selection, draw
from likeforlike.calibration.trial_run import METHODS, World, analyse
from likeforlike.errors import InputProblem
from likeforlike.followup.bystanders import bystanders
from likeforlike.matching.design import Design, build_design
from likeforlike.matching.support import as_levels
from likeforlike.outcomes.open_outcomes import outcomes_of
from likeforlike.terms import Progress, silent

if TYPE_CHECKING:
    from likeforlike.labs.definition import Lab
    from likeforlike.plan import Plan
    from likeforlike.records import Register

STRENGTHS = (0.5, 1.0)
SIZES = (60, 200, 1000)
SHARE = 0.15
PEOPLE_PER_PARTICIPANT = 5
Keep = Callable[[Selection, Callable[[], pl.DataFrame]], pl.DataFrame]
"""Gives the runs of a size and strength: those kept from an earlier time, or those that the call makes."""


def anew(_: Selection, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Keep nothing."""
    return make()


def calibrate(
    lab: Lab,
    register: Register,
    plan: Plan,
    *,
    sizes: tuple[int, ...] = SIZES,
    strengths: tuple[float, ...] = STRENGTHS,
    replications: int = 200,
    share: float = SHARE,
    methods: tuple[str, ...] = METHODS,
    seed: int = 1,
    keep: Keep = anew,
    progress: Progress = silent,
) -> Certificate:
    """Draw placebo programmes from the register's untreated people and analyse each as if it were real.

    Who took part in something is not known of these people; what is known is that none of them took part in the
    programme that never was. Outcomes are read once, for all of them. An empirical Monte Carlo study: Huber, Lechner
    & Wunsch 2013, Journal of Econometrics 175(1).

    Parameters
    ----------
    plan
        How they are analysed; its headline measures that count everyone are tried.
    sizes
        Participants of a placebo.
    strengths
        How strongly it selects: standard deviation of the score's logit.
    replications
        Placebo programmes for each size and strength.
    share
        Of the events of participants that a planted effect prevents.
    methods
        Estimators that are tried, `primary` among them; `aipw` takes as long as all the rest.
    keep
        Where the runs of a size and strength are kept, so that the work can go on after a stop.

    Raises
    ------
    InputProblem
        The register has too few people for the largest size, or the plan is one that has nothing to try.
    """
    lab = plan.on(lab)
    measures = tuple(lab.outcomes.get(name) for name in plan.headline if not lab.outcomes.get(name).base)
    if plan.trial or not measures:
        raise InputProblem(
            "Only plans that match, and have a headline measure that counts everyone, can be calibrated: give another."
        )
    progress("Gathering people who could be compared")
    people = bystanders(lab, register)
    if people.frame.height < PEOPLE_PER_PARTICIPANT * max(sizes):
        raise InputProblem(
            f"The register has {people.frame.height:,} people with an event in the last year that can be followed, "
            f"too few for {max(sizes):,} participants: give smaller sizes."
        )
    chosen = people.frame.select("event_id", "person_id", "index_date")
    world = World(people, outcomes_of(chosen, lab, register), measures, plan, share, methods)
    declared = {c.name: c for c in lab.covariates.covariate}
    covariates = [declared[name] for name in plan.covariates]
    design = build_design(as_levels(people.frame, covariates), covariates, plan.interactions)
    runs = []
    for size, strength in product(sizes, strengths):
        cell = Selection(strength, size)
        made = partial(_runs, cell, world, design, replications, seed, progress)
        runs.append(keep(cell, made))
    return certify(
        pl.concat(runs),
        lab=lab,
        plan=plan,
        register_sha256=register.sha256,
        vintage=register.vintage,
        people=people.frame.height,
    )


def _runs(
    cell: Selection, world: World, design: Design, replications: int, seed: int, progress: Progress
) -> pl.DataFrame:
    rng = np.random.default_rng([seed, cell.size, round(1000 * cell.strength)])
    rows = []
    for replication in range(replications):
        progress(
            f"{cell.size:,} participants, selection {cell.strength:g}: {replication} of {replications} programmes"
        )
        sample, _ = draw(world.people, design, cell, rng)
        head = {"size": cell.size, "strength": float(cell.strength), "replication": replication}
        rows += [head | row for row in analyse(sample, world, rng)]
    return pl.DataFrame(rows)
