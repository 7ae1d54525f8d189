"""Rates by steps: no number of people is ruled out, and what stands beside a rate follows from it."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.disclosure.counts import FINE_FROM, mean_decimals, rate_step, rounded, to_step
from likeforlike.disclosure.measures import measure_row
from likeforlike.disclosure.profiles.rates import as_shown
from likeforlike.disclosure.profiles.stepped_rates import row_in_steps
from likeforlike.estimates.difference import inference
from likeforlike.estimates.multiplicity import holm
from likeforlike.labs import load_lab

LAB = load_lab("justice")
PROFILE, RATE = LAB.disclosure, LAB.outcomes.get("reoffended")


def row(had, people, others, size, error, **changes):
    found = inference(had / people, others, had / people - others, error, people + size - 2)
    usual = {
        "term": "reoffended", "n": people, "n_comparison": round(size), "effective_comparison": size,
        "mean_treated": found.mean_treated, "mean_comparison": others, "estimate": found.estimate,
        "std_error": error, "conf_low": found.conf_low, "conf_high": found.conf_high, "p_value": found.p_value,
        "events_treated": had, "events_comparison": others * size, "people_treated": people,
        "people_comparison": size, "largest_share": 0.06, "number_needed": 100.0, "detectable": 0.18,
        "places": None, "p_adjusted": None,
    }  # fmt: skip
    return usual | changes


def test_steps_by_size():
    assert [rate_step(n, PROFILE) for n in (30, 54, 55, 104, 105, 10_000)] == [5, 5, 2, 2, 1, 1]
    assert [mean_decimals(n, PROFILE) for n in (30, 104, 105, 1_004, 1_005)] == [1, 1, 2, 2, 3]


@given(st.integers(30, 400))
def test_every_number_of_people_that_is_rounded_alike_can_have_every_rate(people):
    step = rate_step(people, PROFILE)
    for other in range(30, people + 10):
        if rounded(other, PROFILE) == rounded(people, PROFILE):
            has = {to_step(100 * k / other, step) for k in range(other + 1)}
            assert has >= set(range(0, 101, step))


@given(
    st.integers(30, FINE_FROM - 6),
    st.floats(0.35, 0.65),
    st.floats(0.1, 0.9),
    st.floats(150.0, 9_000.0),
    st.floats(0.5, 2.0),
)
def test_a_difference_an_interval_and_a_p_value_agree(people, share, others, size, design):
    had = round(share * people)
    error = design * math.sqrt(share * (1 - share) / people + others * (1 - others) / size)
    known = row(had, people, others, size, error)
    found = row_in_steps(known, people, size, PROFILE)
    assert found["mean_treated"] - found["mean_comparison"] == pytest.approx(found["estimate"], abs=1e-9)
    excludes = found["conf_low"] > 1e-9 or found["conf_high"] < -1e-9
    shown, _ = measure_row(RATE, found, PROFILE, headline=True, alone=True)
    assert (shown.p_value <= 0.05) == excludes
    assert shown.difference == shown.treatment - shown.comparison
    assert found["conf_high"] - found["conf_low"] >= known["conf_high"] - known["conf_low"] - 1e-9 or (
        found["conf_low"] == -1 or found["conf_high"] == 1
    )


def test_what_stands_beside_a_rate_follows_from_what_is_shown():
    """Two groups whose rates and widths are shown alike differ in nothing that is shown."""
    one = row_in_steps(row(30, 58, 0.402, 700.0, 0.0681), 58, 700.0, PROFILE)
    two = row_in_steps(row(32, 62, 0.398, 702.0, 0.0664), 62, 702.0, PROFILE)
    told = [measure_row(RATE, each, PROFILE, headline=True)[0] for each in (one, two)]
    assert told[0] == told[1]
    assert (told[0].treatment, told[0].comparison, told[0].difference) == (52, 40, 12)
    assert (told[0].conf_low, told[0].conf_high, told[0].detectable) == (-4, 28, 20)


def test_an_interval_that_ends_at_zero_is_no_claim():
    found = row_in_steps(row(60, 120, 0.40, 9_000.0, 0.047), 120, 9_000.0, PROFILE)
    assert (found["conf_low"], round(found["estimate"], 9)) == (0.0, 0.1)
    assert found["p_value"] > 0.05


def test_from_five_hundred_people_estimates_stay_as_they_are():
    frame = pl.DataFrame([row(200, 495, 0.4, 900.0, 0.03)])
    assert as_shown(frame, LAB.outcomes, PROFILE, holm) is frame
    smaller = pl.DataFrame([row(200, 494, 0.4, 900.0, 0.03)])
    assert as_shown(smaller, LAB.outcomes, PROFILE, holm)["estimate"][0] == pytest.approx(0.0)
    few_others = pl.DataFrame([row(200, 495, 0.4, 300.0, 0.03)])
    assert as_shown(few_others, LAB.outcomes, PROFILE, holm) is not few_others


def test_the_interval_still_covers():
    """By simulation: rounding outward costs no coverage."""
    rng, hit = np.random.default_rng(4), 0
    for _ in range(2_000):
        people, size, share = 45, 400, 0.45
        had, others = rng.binomial(people, share), rng.binomial(size, 0.40) / size
        p = had / people
        error = math.sqrt(max(p * (1 - p), 1e-4) / people + others * (1 - others) / size)
        found = row_in_steps(row(had, people, others, size, error), people, size, PROFILE)
        hit += found["conf_low"] - 1e-9 <= share - 0.40 <= found["conf_high"] + 1e-9
    assert 0.94 <= hit / 2_000 <= 0.995
