"""Curves and mean times of a match: they end at the rate, and the mean time is the plain mean if all are followed."""

import numpy as np
import polars as pl
import pytest

from likeforlike.errors import SealBroken
from likeforlike.estimates.survival import (
    cumulative_incidence,
    restricted_mean,
    restricted_mean_difference,
)
from likeforlike.estimates.timing import Timing, grid, timed, timing
from likeforlike.labs import load_lab
from likeforlike.matching import match
from likeforlike.outcomes import open_outcomes
from likeforlike.vault.files import Vault
from support.regional_world import plan_with, regional_world
from support.samples import changed

LAB = load_lab("justice")
WORLD = regional_world()
MATCHED = match(WORLD.sample(), WORLD.plan)
OUTCOMES = open_outcomes(MATCHED, WORLD.engine)
FOUND = timing(MATCHED, OUTCOMES)
UNITS = MATCHED.frame.filter(pl.col("weight") > 0).join(OUTCOMES.frame, on="event_id")


def test_days_are_weeks_and_the_ends_of_months():
    ends = grid(12)
    assert [day for day, month in ends.items() if month is not None][:5] == [0, 30, 60, 91, 121]
    assert (max(ends), ends[365], ends[7]) == (365, 12, None)
    assert max(grid(24)) == 730


def test_only_a_rate_of_everyone_with_a_time_behind_it_has_a_curve():
    assert [(r.name, d.name) for r, d in timed(LAB.outcomes.measure)] == [("reoffended", "offence_free_days")]
    assert list(timed(LAB.outcomes.measure, ("reoffences",))) == []
    assert timing(MATCHED, OUTCOMES, ("reoffences", "first_custody")).curves.height == 0


@pytest.mark.parametrize(("group", "treated"), [("treatment", True), ("comparison", False)])
def test_a_curve_ends_at_the_weighted_rate_and_never_falls(group, treated):
    curve = FOUND.curves.filter(pl.col("group") == group)
    mine = UNITS.filter(pl.col("treated") == treated)
    rate = np.average(mine["reoffended"].cast(pl.Float64), weights=mine["weight"])
    assert curve["share"][-1] == pytest.approx(rate)
    assert curve["events"][-1] == mine["reoffended"].sum() > 10
    assert curve["share"].diff().drop_nulls().min() >= 0
    assert (
        curve.filter((pl.col("conf_low") > pl.col("share")) | (pl.col("share") > pl.col("conf_high"))).height
        == 0
    )
    assert (curve["day"][0], curve["share"][0]) == (0, 0)


def test_the_mean_time_is_the_plain_weighted_mean_where_everyone_is_followed():
    (row,) = FOUND.means.to_dicts()
    means = [
        np.average(part["offence_free_days"].cast(pl.Float64).clip(upper_bound=365), weights=part["weight"])
        for part in (UNITS.filter("treated"), UNITS.filter(~pl.col("treated")))
    ]
    assert [row["mean_treated"], row["mean_comparison"]] == pytest.approx(means)
    assert (row["term"], row["rate"], row["days"]) == ("offence_free_days", "reoffended", 365)
    assert row["conf_low"] < row["estimate"] < row["conf_high"]


def test_an_event_on_the_leap_day_counts_at_the_end():
    later = pl.when("reoffended").then(366).otherwise(366).alias("offence_free_days")
    late = timing(MATCHED, changed(OUTCOMES, OUTCOMES.frame.with_columns(later)))
    shares = late.curves.filter(pl.col("group") == "treatment").sort("day")["share"]
    assert shares[-2] == 0
    assert shares[-1] == pytest.approx(FOUND.curves.filter(pl.col("group") == "treatment")["share"][-1])


def test_outcomes_of_another_match_are_refused():
    with pytest.raises(SealBroken, match="another match"):
        timing(match(WORLD.sample(), plan_with(matching={"caliper": 0.1})), OUTCOMES)


def test_the_order_of_the_list_does_not_matter():
    other = match(WORLD.sample(backwards=True), WORLD.plan)
    found = timing(other, open_outcomes(other, WORLD.engine))
    assert found.curves.equals(FOUND.curves)
    assert found.means.equals(FOUND.means)


def test_a_vault_keeps_it(tmp_path):
    Vault(tmp_path).keep("timing", Timing, lambda: FOUND)
    kept = Vault(tmp_path).keep("timing", Timing, lambda: pytest.fail("made again"))
    assert kept.to_dict() == FOUND.to_dict()
    assert kept.summary().startswith("reoffended: ")
    assert kept.plot().to_dict()["facet"]["field"] == "term"


def test_whole_places_widen_the_interval_of_the_mean_time():
    by_place = match(WORLD.sample(), plan_with(place="region"))
    (row,) = timing(by_place, open_outcomes(by_place, WORLD.engine)).means.to_dicts()
    (plain,) = FOUND.means.to_dicts()
    assert row["estimate"] == pytest.approx(plain["estimate"])
    assert row["std_error"] != pytest.approx(plain["std_error"])
    assert row["conf_high"] - row["estimate"] > 2.2 * row["std_error"]


def test_clusters_of_one_give_the_error_of_people_but_for_the_correction():
    rng = np.random.default_rng(4)
    time, event = rng.integers(1, 40, 30).astype(float), rng.random(30) < 0.6
    alone, factor = np.arange(30), np.sqrt(30 / 29)
    usual, found = restricted_mean(time, event, 20), restricted_mean(time, event, 20, cluster=alone)
    assert found == pytest.approx((usual[0], usual[1] * factor))
    curve, by_one = (cumulative_incidence(time, event, [5, 20], cluster=c) for c in (None, alone))
    assert by_one.std_error == pytest.approx(curve.std_error * factor)


def test_everyone_twice_in_a_cluster_says_no_more_than_everyone_once():
    rng = np.random.default_rng(5)
    time, event = rng.integers(1, 40, 30).astype(float), rng.random(30) < 0.6
    twice = (np.tile(time, 2), np.tile(event, 2), 20.0)
    pairs = np.tile(np.arange(30), 2)
    once = restricted_mean(time, event, 20, cluster=np.arange(30))
    assert restricted_mean(*twice, cluster=pairs) == pytest.approx(once)
    # People without weight have no place among the clusters either.
    weight = np.repeat([1.0, 0.0], 30)
    labels = np.arange(60)
    assert restricted_mean(*twice, weight, labels) == pytest.approx(once)


def test_a_single_cluster_says_nothing_of_its_error():
    time, event = np.arange(1.0, 11), np.arange(10) < 6
    one, two = np.zeros(10), np.arange(10) % 2
    found = restricted_mean_difference((time, event), (time, ~event), 9.0, np.ones(10), cluster=(one, two))
    assert np.isnan([found.std_error, found.p_value]).all()
    assert np.isfinite(found.estimate)
