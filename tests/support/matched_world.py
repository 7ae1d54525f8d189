"""A match of forty people on the lab's own rules, with or without anything happening afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from likeforlike.followup import follow_up
from likeforlike.labs import load_lab
from likeforlike.matching import Matched, match
from likeforlike.plan import Plan
from support.justice_world import World
from support.links import links_to
from support.tiny_engine import TinyEngine

COVARIATES = ("sex", "age_at_index", "previous_sanctions")


def matched_world(
    *, reoffended: bool = False, people: int = 120, treated: int = 40
) -> tuple[Matched, TinyEngine]:
    """Match the first `treated` of `people` on three covariates; then everybody reoffends, or nobody."""
    rng = np.random.default_rng(11)
    world = World()
    for i in range(people):
        name = f"p{i:03d}"
        born = date(1970, 1, 1) + timedelta(days=int(rng.integers(0, 9000)))
        world.person(name, date_of_birth=born, sex=str(rng.choice(["male", "female"])))
        for k in range(int(rng.integers(0, 4))):
            world.sentenced(name, date(2019, 1, 1) + timedelta(days=30 * k))
        world.sentenced(name, date(2021, 2, 1))
        if reoffended:
            world.sentenced(name, date(2021, 8, 1))
    listed = [{"person_id": f"p{i:03d}", "conviction_date": date(2021, 2, 1)} for i in range(treated)]
    engine = world.engine()
    lab = load_lab("justice")
    plan = Plan.of_lab(lab).changed(
        {"covariates": COVARIATES, "matching": {"caliper": 0.1, "exact": ()}}, lab
    )
    return match(follow_up(links_to(*listed), engine), plan), engine
