"""What a study of whole places can see, from how much the comparison group's places differ."""

import numpy as np
import pytest
from scipy.stats import t, ttest_ind

from likeforlike.detectable import detectable_effect
from likeforlike.estimates import estimate_effects
from likeforlike.estimates.clusters import detectable_by_place
from likeforlike.estimates.timing import timing
from likeforlike.matching import match
from likeforlike.outcomes import open_outcomes
from support.regional_world import plan_with, regional_world
from support.samples import changed


def test_places_of_one_size_count_as_people_do():
    rng = np.random.default_rng(1)
    means = rng.normal(0, 1, 8)
    outcome, place = np.repeat(means, 5), np.repeat(np.arange(8), 5)
    own_place = np.repeat(np.arange(6), 7)
    found = detectable_by_place(outcome, np.ones(40), place, np.ones(42), own_place)
    error = means.std(ddof=1) * np.sqrt(1 / 8 + 1 / 6)
    assert found == pytest.approx((t.ppf(0.975, 5) + t.ppf(0.8, 5)) * error)


def test_a_difference_of_that_size_is_found_four_times_in_five():
    rng = np.random.default_rng(2)
    effect = float(detectable_effect(6, 1, 1.0, degrees=10))
    own, others = rng.normal(effect, 1, (6, 20_000)), rng.normal(0, 1, (6, 20_000))
    assert np.mean(ttest_ind(own, others).pvalue <= 0.05) == pytest.approx(0.8, abs=0.015)


def test_with_many_places_it_is_what_people_could_see():
    rng = np.random.default_rng(3)
    outcome = rng.random(4000)
    alone = detectable_by_place(outcome, np.ones(4000), np.arange(4000), np.ones(3000), np.arange(3000))
    assert alone == pytest.approx(float(detectable_effect(3000, 4 / 3, outcome.std())), rel=2e-3)


@pytest.mark.parametrize("sizes", [[50], [50, 49], [90, 1, 1, 1]])
def test_too_few_places_could_find_nothing(sizes):
    place = np.repeat(np.arange(len(sizes)), sizes)
    outcome, many = np.arange(len(place), dtype=float), np.arange(60)
    assert np.isnan(detectable_by_place(outcome, np.ones(len(place)), place, np.ones(60), many))
    assert np.isnan(detectable_by_place(np.arange(60.0), np.ones(60), many, np.ones(len(place)), place))


def test_it_is_no_reading_of_what_the_participants_did():
    world, plan = regional_world(), plan_with(place="region")
    matched = match(world.sample(), plan)
    outcomes = open_outcomes(matched, world.engine)
    usual = estimate_effects(matched, outcomes, ("reoffended",)).frame
    mine = matched.frame.filter("treated")["event_id"].implode()
    frame = outcomes.frame.with_columns(
        reoffended=outcomes.frame["event_id"].is_in(mine) | outcomes.frame["reoffended"]
    )
    other = estimate_effects(matched, changed(outcomes, frame), ("reoffended",)).frame
    assert other["estimate"][0] != usual["estimate"][0]
    assert other["detectable"][0] == usual["detectable"][0] > 0


def test_the_mean_time_of_two_places_has_no_interval_as_the_measures_have_none():
    world, plan = regional_world(regions=2), plan_with(place="region")
    matched = match(world.sample(), plan)
    found = timing(matched, open_outcomes(matched, world.engine))
    (row,) = found.means.to_dicts()
    assert np.isnan([row["std_error"], row["conf_low"], row["conf_high"], row["p_value"]]).all()
    assert "its error cannot be worked out" in found.summary()
    assert "nan" not in found.summary()


def test_the_mean_time_has_the_degrees_of_freedom_of_the_measures():
    world, plan = regional_world(regions=4), plan_with(place="region")
    matched = match(world.sample(), plan)
    outcomes = open_outcomes(matched, world.engine)
    (days,) = timing(matched, outcomes).means.to_dicts()
    (rate,) = estimate_effects(matched, outcomes, ("reoffended",)).frame.to_dicts()
    widths = [(row["conf_high"] - row["estimate"]) / row["std_error"] for row in (days, rate)]
    assert widths[0] == pytest.approx(widths[1])
