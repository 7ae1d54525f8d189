"""Placebo programmes: who is drawn, how strongly, and what a planted effect changes."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from likeforlike.calibration.placebo import Selection, draw, plant, planted_effect
from likeforlike.followup import Sample
from likeforlike.labs import load_lab
from likeforlike.matching.design import Design
from likeforlike.terms import Flow

LAB = load_lab("justice")
UNITS = 4_000


@pytest.fixture(scope="module")
def people():
    names = [f"e{i:05d}" for i in range(UNITS)]
    frame = pl.DataFrame({"event_id": names, "person_id": names}).with_columns(
        index_date=pl.lit(date(2021, 1, 1)), treated=pl.lit(value=False)
    )
    listed = pl.DataFrame(schema={"event_id": pl.String})
    return Sample(LAB, frame, listed, Flow.start(0), Flow.start(UNITS))


@pytest.fixture(scope="module")
def design():
    rng = np.random.default_rng(2)
    matrix = np.column_stack([np.ones(UNITS), rng.normal(size=(UNITS, 3))])
    return Design.of(matrix, ("intercept", "a", "b", "c"))


def test_exactly_as_many_are_drawn_and_nobody_twice(people, design):
    sample, _ = draw(people, design, Selection(1.0, 150), np.random.default_rng(1))
    assert sample.frame["treated"].sum() == 150
    assert sample.frame["event_id"].to_list() == people.frame["event_id"].to_list()
    assert (sample.flow.remaining, sample.pool_flow.remaining) == (150, UNITS - 150)


def test_the_index_has_the_strength_that_was_asked_for(people, design):
    for strength in (0.0, 0.5, 1.5):
        _, index = draw(people, design, Selection(strength, 50), np.random.default_rng(1))
        assert index.std() == pytest.approx(strength, abs=1e-12)


def test_the_drawn_have_odds_of_the_exponential_of_their_index(people, design):
    """With few of many drawn, their index is tilted: its mean moves by the variance of the index."""
    rng = np.random.default_rng(3)
    moved = []
    for _ in range(200):
        sample, index = draw(people, design, Selection(0.6, 40), rng)
        moved.append(index[sample.frame["treated"].to_numpy()].mean())
    assert np.mean(moved) == pytest.approx(0.36, abs=0.04)


def test_no_selection_draws_everyone_alike(people, design):
    rng = np.random.default_rng(4)
    counts = sum(
        draw(people, design, Selection(0.0, 400), rng)[0].frame["treated"].to_numpy().astype(int)
        for _ in range(100)
    )
    assert counts.var() == pytest.approx(100 * 0.1 * 0.9, rel=0.15)


@pytest.mark.parametrize("name", ["reoffended", "reoffences", "offence_free_days"])
def test_a_planted_effect_has_the_stated_truth(name):
    measure = LAB.outcomes.get(name)
    rng = np.random.default_rng(5)
    chosen = rng.random(500) < 0.4
    top = {"reoffended": 2, "reoffences": 9, "offence_free_days": 366}[name]
    values = rng.integers(0, top, 500).astype(float)
    weight = rng.random(500)
    truth = planted_effect(values, chosen, weight, measure, 0.2)
    changes = []
    for _ in range(400):
        planted = plant(values, chosen, measure, 0.2, rng)
        assert (planted[~chosen] == values[~chosen]).all()
        changes.append(np.average((planted - values)[chosen], weights=weight[chosen]))
    error = np.std(changes) / 20
    assert np.mean(changes) == pytest.approx(truth, abs=max(4 * error, 1e-9))
    assert (truth > 0) == (measure.better == "higher")


def test_planted_rates_stay_rates_and_days_stay_in_the_follow_up():
    everyone, rng = np.ones(4, dtype=bool), np.random.default_rng(6)
    rate = plant(np.array([0.0, 1, 1, 0]), everyone, LAB.outcomes.get("reoffended"), 0.5, rng)
    assert set(rate) <= {0.0, 1.0}
    assert rate[[0, 3]].tolist() == [0, 0]
    days = plant(np.array([10.0, 365, 110, 365]), everyone, LAB.outcomes.get("offence_free_days"), 0.1, rng)
    assert days == pytest.approx([45.5, 365, 135.5, 365])
