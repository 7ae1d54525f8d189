"""A programme in some regions, its list with references, and the records of those who took part and of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from likeforlike.followup import Sample, follow_up
from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.plan import Plan, Trial
from support.justice_world import World
from support.links import links_to
from support.tiny_engine import TinyEngine

REGIONS = ("London", "North", "South", "Wales", "West", "Isles")
COVARIATES = ("sex", "age_at_index", "previous_sanctions")
MEASURES = ("reoffended", "reoffences", "days_to_first")
RELEASED = date(2021, 2, 1)


@dataclass(frozen=True)
class Regional:
    """What a study needs, without linkage."""

    people: tuple[dict, ...]
    engine: TinyEngine
    plan: Plan

    def sample(
        self, trial: Trial | None = None, lab: Lab | None = None, *, backwards: bool = False
    ) -> Sample:
        """Everyone followed up; `backwards` has the list in another order."""
        listed = self.people[::-1] if backwards else self.people
        return follow_up(links_to(*listed, lab=lab), self.engine, trial=trial)


def plan_with(**changes: object) -> Plan:
    """A small plan: three covariates, three measures, no checks."""
    small = {"covariates": COVARIATES, "measures": MEASURES, "headline": MEASURES[:2], "months": 12}
    plan = Plan.of_lab(load_lab("justice")).model_copy(
        update={"interactions": (), "checks": (), "thresholds": ()}
    )
    matching = plan.matching.model_copy(update={"caliper": 0.2, "exact": ()} | changes.pop("matching", {}))
    return plan.model_copy(update=small | {"matching": matching} | changes)


@cache
def regional_world(people: int = 360, listed: int = 120, regions: int = 6) -> Regional:
    """The first people are on the list, from the first `regions`; every third has another reference or none."""
    rng = np.random.default_rng(3)
    world, told = World(), []
    for i in range(people):
        name = f"p{i:03d}"
        born = date(1970, 1, 1) + timedelta(days=int(rng.integers(0, 9000)))
        world.person(name, date_of_birth=born, sex=str(rng.choice(["male", "female"])))
        for k in range(int(rng.binomial(4, 0.5 if i < listed else 0.4))):
            world.sentenced(name, date(2019, 1, 1) + timedelta(days=30 * k))
        among = regions if i < listed else len(REGIONS)
        world.sentenced(name, RELEASED, region=REGIONS[int(rng.integers(among))])
        if rng.random() < 0.4:
            world.sentenced(name, RELEASED + timedelta(days=int(rng.integers(60, 500))))
        if i < listed:
            reference = ("offered", "not offered", "Leeds", None)[i % 4]
            told.append(
                {"person_id": name, "conviction_date": RELEASED, "reference": reference, "gender": "male"}
            )
    return Regional(tuple(told), world.engine(), plan_with())
