"""What readiness says of a size agrees, within a tenth, with simulation on the outcomes of people of the twin.

Samples are drawn from everyone who is alike to the twin's participants, with their weights, and the true effect is
shifted until four samples in five find it.
"""

import numpy as np
import polars as pl
import pytest
from scipy.optimize import brentq

import likeforlike as lfl
from likeforlike.evidence.readiness.seen import seen
from likeforlike.labs import load_lab
from likeforlike.outcomes import open_outcomes

PEOPLE, DRAWS = 150, 4000


@pytest.fixture(scope="module")
def alike(cohort, register):
    """Weights and outcomes of the comparison group."""
    matched = lfl.match(lfl.follow_up(lfl.link(cohort, register), register))
    others = matched.frame.filter(~pl.col("treated"), pl.col("weight") > 0).select("event_id", "weight")
    return others.join(open_outcomes(matched, register).frame, on="event_id")


@pytest.mark.parametrize("name", ["reoffended", "reoffences", "offence_free_days"])
def test_the_smallest_effect_is_the_one_that_simulation_sees_four_times_in_five(alike, name):
    lab = load_lab("justice")
    typical = next(t for t in lab.history.typical if t.measure == name)
    measure = lab.outcomes.get(name)
    told = seen(lab.history, typical, measure, (PEOPLE, PEOPLE, PEOPLE)).smallest
    values = alike[measure.column].cast(float).to_numpy() * (100.0 if measure.kind == "rate" else 1.0)
    chance = (alike["weight"] / alike["weight"].sum()).to_numpy()
    sign = -1.0 if measure.better == "lower" else 1.0
    random = np.random.default_rng(3)
    many = int(PEOPLE * lab.history.per_participant)
    gaps, errors = np.empty(DRAWS), np.empty(DRAWS)
    for i in range(DRAWS):
        took_part, similar = (random.choice(values, size, p=chance) for size in (PEOPLE, many))
        gaps[i] = took_part.mean() - similar.mean()
        errors[i] = np.sqrt(took_part.var(ddof=1) / PEOPLE + similar.var(ddof=1) / many)

    def power(effect):
        return (np.abs(gaps + sign * effect) > 1.96 * errors).mean()

    simulated = brentq(lambda effect: power(effect) - 0.8, 0.1 * told, 4 * told, xtol=1e-4 * told)
    assert told == pytest.approx(simulated, rel=0.1)
