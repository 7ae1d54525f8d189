"""A finished study of a few hundred people who differ, for checks to doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from likeforlike.checks.again import Again
from likeforlike.checks.evidence import Evidence, evidence_of
from likeforlike.estimates import Estimates, estimate_effects
from likeforlike.followup import Sample, follow_up
from likeforlike.labs import load_lab
from likeforlike.matching import Matched, match
from likeforlike.outcomes import Outcomes, open_outcomes
from likeforlike.plan import Plan
from support.justice_world import World
from support.links import links_to
from support.tiny_engine import TinyEngine

COVARIATES = ("sex", "age_at_index", "previous_sanctions")
MEASURES = ("reoffended", "reoffences", "offence_free_days", "days_to_first")


@dataclass(frozen=True)
class Finished:
    sample: Sample
    matched: Matched
    outcomes: Outcomes
    estimates: Estimates
    plan: Plan
    engine: TinyEngine

    def evidence(self, measure: str = "reoffended") -> Evidence:
        study = Again(self.sample, self.matched, self.outcomes, self.plan, self.engine, (measure,))
        return next(iter(evidence_of(study, self.estimates)))


@cache
def finished_study(*, effect: float = 0.0, people: int = 300, treated: int = 100) -> Finished:
    """Who has offended before is likelier to take part and to reoffend; the programme adds `effect` to the chance."""
    rng = np.random.default_rng(5)
    world = World()
    for i in range(people):
        name = f"p{i:03d}"
        born = date(1970, 1, 1) + timedelta(days=int(rng.integers(0, 9000)))
        world.person(name, date_of_birth=born, sex=str(rng.choice(["male", "female"])))
        earlier = int(rng.binomial(4, 0.5 if i < treated else 0.4))
        for k in range(earlier):
            world.sentenced(name, date(2019, 1, 1) + timedelta(days=30 * k))
        if rng.random() < 0.3:
            world.sentenced(name, date(2020, 8, 1) + timedelta(days=int(rng.integers(0, 90))))
        world.sentenced(name, date(2021, 2, 1))
        chance = 0.3 + 0.08 * earlier + effect * (i < treated)
        if rng.random() < chance:
            for k in range(int(rng.integers(1, 4))):
                world.sentenced(name, date(2021, 4, 1) + timedelta(days=int(rng.integers(0, 90)) + 60 * k))
    listed = [{"person_id": f"p{i:03d}", "conviction_date": date(2021, 2, 1)} for i in range(treated)]
    engine = world.engine()
    plan = Plan.of_lab(load_lab("justice")).model_copy(
        update={"covariates": COVARIATES, "interactions": (), "measures": MEASURES}
    )
    plan = plan.model_copy(
        update={"matching": plan.matching.model_copy(update={"caliper": 0.2, "exact": ()})}
    )
    sample = follow_up(links_to(*listed), engine)
    matched = match(sample, plan)
    outcomes = open_outcomes(matched, engine)
    return Finished(sample, matched, outcomes, estimate_effects(matched, outcomes, MEASURES), plan, engine)
