"""Rates of rounded numbers of people, and what is said beside them."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import cross_table
from likeforlike.disclosure.counts import is_rounded, possible_events, rounded, step
from likeforlike.disclosure.flow import flow_rows
from likeforlike.disclosure.measures import measure_row
from likeforlike.disclosure.profiles import Table, protect
from likeforlike.disclosure.profiles.rates import as_shown, told_beside
from likeforlike.disclosure.profiles.rounded_rates import row_of_rounded
from likeforlike.disclosure.tables import _smd
from likeforlike.estimates.difference import inference
from likeforlike.estimates.multiplicity import holm
from likeforlike.labs import load_lab
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.terms import Flow

OUTCOMES = load_lab("justice").outcomes
RATE, FREQUENCY = OUTCOMES.get("reoffended"), OUTCOMES.get("reoffences")
NAMES = ("opensafely", "nhs-hes", "ons-10-5", "census-drb")


def rules(name, **stricter):
    return DisclosureProfile.model_validate({"profile": name, **stricter})


ALL = [*(rules(name) for name in NAMES), rules("opensafely", rounding="midpoint-6")]
profiles = st.sampled_from(ALL)


def row(had=31, people=100, others=0.43, size=143.5, error=0.0633, df=274.0, **changes):
    found = inference(had / people, others, had / people - others, error, df)
    usual = {
        "term": "reoffended", "n": people, "n_comparison": 176, "effective_comparison": size,
        "mean_treated": found.mean_treated, "mean_comparison": others, "estimate": found.estimate,
        "std_error": error, "conf_low": found.conf_low, "conf_high": found.conf_high, "p_value": found.p_value,
        "events_treated": had, "events_comparison": others * size, "people_treated": people,
        "people_comparison": size, "largest_share": 0.06, "number_needed": 100.0, "detectable": 0.18,
        "places": None, "p_adjusted": found.p_value,
    }  # fmt: skip
    return usual | changes


@given(profiles, st.integers(0, 700), st.integers(1, 700), st.sampled_from([0, 1]))
def test_a_rate_stands_for_the_events_that_give_it_and_no_others(profile, one, other, decimals):
    events, people = sorted((one, other))
    whole = rounded(people, profile)
    if not whole:
        return
    shown = round(100 * rounded(events, profile) / whole, decimals)
    least, most = possible_events(shown, whole, profile, decimals)
    assert least <= events <= most
    for beyond in (least - 1, most + 1):
        if beyond >= 0:
            rate = 100 * rounded(beyond, profile) / whole
            assert abs(rate - shown) > 0.5 * 10.0**-decimals - 1e-9


@given(profiles, st.integers(15, 1_500), st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.floats(3.0, 900.0))
def test_a_difference_an_interval_and_a_p_value_agree(profile, people, share, others, df):
    known = row(round(share * people), people, others, 2.5 * people, 0.6 / math.sqrt(people), df)
    found = row_of_rounded(known, profile)
    assert found["conf_low"] <= found["estimate"] <= found["conf_high"]
    if found["conf_low"] > -1 and found["conf_high"] < 1:
        excludes = found["conf_low"] > 1e-9 or found["conf_high"] < -1e-9
        assert (found["p_value"] < 0.05) == excludes
    assert found["mean_treated"] - found["mean_comparison"] == pytest.approx(found["estimate"], abs=0.0101)
    exact = ("n", "events_treated", "effective_comparison", "events_comparison", "people_treated")
    assert {k: found[k] for k in exact} == {k: known[k] for k in exact}


@pytest.mark.parametrize("profile", ALL, ids=lambda rules: f"{rules.profile} {rules.rounding}")
def test_nothing_beside_the_rate_tells_counts_apart_that_are_rounded_alike(profile):
    """With the same error, every figure follows from the rounded number."""
    seen = {}
    for had in range(20, 61):
        (told,) = as_shown(pl.DataFrame([row(had)]), OUTCOMES, profile, holm).to_dicts()
        shown, _ = measure_row(RATE, told, profile, headline=True)
        known = seen.setdefault(rounded(had, profile), shown)
        assert shown == known


def test_few_people_get_newcombes_interval_of_the_rounded_numbers():
    few = row(had=20, people=61, conf_low=-0.2, conf_high=0.15, p_value=0.4)
    same = row(had=22, people=62, conf_low=-0.19, conf_high=0.16, p_value=0.4)
    mine, others = (row_of_rounded(each, ALL[0]) for each in (few, same))
    assert [mine[k] for k in ("conf_low", "conf_high", "p_value")] == [
        others[k] for k in ("conf_low", "conf_high", "p_value")
    ]
    assert mine["conf_low"] < mine["estimate"] < mine["conf_high"]


def test_noise_stays_in_the_interval():
    noisy = row(conf_low=-0.3, conf_high=0.01, epsilon=1.0, p_value=0.06)
    found = row_of_rounded(noisy, ALL[0])
    assert found["conf_high"] - found["conf_low"] == pytest.approx(0.31)


def test_a_rate_that_is_not_known_stays_unknown():
    for unknown in (math.nan, None):
        frame = pl.DataFrame([row(p_value=unknown)], schema_overrides={"p_value": pl.Float64})
        assert as_shown(frame, OUTCOMES, ALL[0], holm) is frame


def test_corrected_p_values_are_of_the_new_ones():
    frame = pl.DataFrame([row(), row(term="reoffences"), row(term="first_custody", p_adjusted=None)])
    found = as_shown(frame, OUTCOMES, ALL[0], holm)
    p = found["p_value"].to_list()
    assert found["p_adjusted"].to_list() == [*holm(p[:2]), None]
    assert p[1] == frame["p_value"][1]
    assert p[0] != frame["p_value"][0]
    many = pl.DataFrame([row(people=600, size=900.0), row(term="reoffences")])
    assert as_shown(many, OUTCOMES, load_lab("justice").disclosure, holm) is many


def test_one_decimal_from_four_thousand_people_for_the_nhs_alone():
    large = row(had=1_011, people=4_001, others=0.3, size=9_000.0, error=0.008)
    for name, rate, decimals in (("nhs-hes", 25.2, 1), ("ons-10-5", 25.0, 0)):
        shown, _ = measure_row(RATE, row_of_rounded(large, rules(name)), rules(name), headline=True)
        assert (shown.treatment, shown.decimals) == (rate, decimals)
    fewer = row_of_rounded(row(had=1_011, people=4_001, others=0.3, size=900.0, error=0.02), rules("nhs-hes"))
    assert measure_row(RATE, fewer, rules("nhs-hes"), headline=True)[0].decimals == 0


@pytest.mark.parametrize(
    ("mean", "decimals", "shown"), [(1.234, 2, 1.23), (12.345, 1, 12.3), (1234.5, 0, 1230.0)]
)
def test_a_mean_has_no_more_figures_than_the_profile_allows(mean, decimals, shown):
    long = row(term="reoffences", mean_treated=mean, people_treated=1_000)
    told, _ = measure_row(FREQUENCY, long, rules("opensafely"), headline=True)
    assert (told.decimals, told.treatment) == (decimals, shown)


def test_other_ways_and_verdicts_stand_only_beside_what_they_agree_with():
    exact = pl.DataFrame([row(p_value=0.04)])
    moved = exact.with_columns(p_value=pl.lit(0.06))
    small, _ = measure_row(RATE, row(), ALL[0], headline=True)
    large, _ = measure_row(RATE, row(had=310, people=1_000), ALL[0], headline=True)
    assert told_beside([small], exact, moved, ALL[0]) == ([], [])
    assert told_beside([small], exact, exact, ALL[0]) == ([small], [])
    assert told_beside([large], exact, exact, ALL[0]) == ([large], [large])
    lab = load_lab("justice").disclosure
    assert told_beside([small], exact, moved, lab) == ([], [small])


def test_a_standardised_difference_is_no_finer_than_the_rounding():
    assert [_smd(0.123, n, ALL[0]) for n in (40, 100, 300, 1_200)] == [0.0, 0.1, 0.1, 0.12]
    assert [_smd(0.123, n, load_lab("justice").disclosure) for n in (100, 300)] == [0.1, 0.12]


def test_opensafelys_totals_are_sums_of_what_is_shown():
    counts = np.array([(3, 15), (8, 15), (16, 15), (23, 21)])
    cells = cross_table(counts, [Axis.of("row", list("ABCD")), Axis.of("had", ["yes", "no"])])
    told = dict(zip(cells.keys, protect(Table(cells), rules("opensafely")).figures, strict=True))
    yes = [told[tuple(sorted((("had", "yes"), ("row", name))))] for name in "ABCD"]
    assert (yes, told[("had", "yes"),]) == ([None, 10, 15, 25], 50)
    no = sum(told[tuple(sorted((("had", "no"), ("row", name))))] for name in "ABCD")
    assert told[()] == 50 + no


def test_how_numbers_are_rounded_is_said_rightly():
    assert [profile.nearest for profile in ALL] == [
        "5", "5", "5", "10 below 100, 50 below 1,000 and more above", "middle of six (3, 9, 15 and so on)",
    ]  # fmt: skip
    assert [step(99, profile) for profile in ALL] == [5, 5, 5, 10, 6]
    assert [step(400, profile) for profile in ALL] == [5, 5, 5, 50, 6]


@given(profiles, st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(60, 400))
def test_a_flow_that_is_shown_stands_on_the_grid_and_leaves_its_small_losses_open(profile, losses, last):
    left = last + sum(losses)
    flow = Flow.start(left)
    for i, lost in enumerate(losses):
        left -= lost
        flow = flow.then(f"step {i}", "Why", left)
    for shown in flow_rows(flow, profile):
        assert shown.remaining is None or is_rounded(shown.remaining, profile)
        assert shown.lost in (None, 0) or shown.lost >= profile.hide_below - 1
