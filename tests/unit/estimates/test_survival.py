"""Curves and mean times worked out by hand."""

import numpy as np
import pytest

from likeforlike.estimates.rates import wilson
from likeforlike.estimates.survival import (
    cumulative_incidence,
    kaplan_meier,
    restricted_mean,
    restricted_mean_difference,
)

# Five people: events on days 1, 2 and 4, one lost on day 2 after its event, one lost on day 5.
TIME = np.array([1.0, 2.0, 2.0, 4.0, 5.0])
EVENT = np.array([True, True, False, True, False])
NOBODY = (np.empty(0), np.empty(0, dtype=bool))


def test_kaplan_meier_by_hand():
    found = kaplan_meier(TIME, EVENT, [0, 1, 2, 3, 4, 5, 6])
    steps = [1, 4 / 5, 3 / 5, 3 / 5, 3 / 10, 3 / 10]
    assert found.share[:6] == pytest.approx(steps)
    assert np.isnan(found.share[6])
    assert found.at_risk.tolist() == [5, 5, 4, 2, 2, 1, 0]
    greenwood = 0.3 * np.sqrt(1 / (5 * 4) + 1 / (4 * 3) + 1 / (2 * 1))
    assert found.std_error[4] == pytest.approx(greenwood)


def test_restricted_mean_by_hand():
    mean, error = restricted_mean(TIME, EVENT, 5.0)
    assert mean == pytest.approx(1 + 0.8 + 0.6 * 2 + 0.3)
    areas = np.array([0.8 + 1.2 + 0.3, 1.2 + 0.3, 0.3])
    assert error == pytest.approx(np.sqrt((areas**2 / np.array([20, 12, 2])).sum()))


def test_a_competing_event_keeps_people_from_the_event_but_is_not_it():
    other = np.array([False, False, True, False, False])
    found = cumulative_incidence(TIME, EVENT, [1, 2, 4], competing=other)
    # On day 2 one of the four left has the event and one the other.
    assert found.share == pytest.approx([1 / 5, 1 / 5 + 4 / 5 / 4, 2 / 5 + 2 / 5 / 2])
    as_lost = cumulative_incidence(TIME, EVENT, [4])
    assert found.share[2] < as_lost.share[0]


def test_the_event_and_a_competing_one_at_once_are_refused():
    with pytest.raises(ValueError, match="only one can come first"):
        cumulative_incidence(TIME, EVENT, [1], competing=EVENT)


def test_with_everyone_followed_the_limits_are_wilsons():
    time, event = np.r_[np.arange(12.0), np.full(18, 365.0)], np.arange(30) < 12
    found = cumulative_incidence(time, event, [0.5, 364, 365])
    for events, low, high in zip((1, 12, 12), found.conf_low, found.conf_high, strict=True):
        expected = wilson(events, 30)
        assert (low, high) == pytest.approx((expected.low, expected.high))


def test_before_the_first_event_and_after_the_last_there_is_still_doubt():
    nobody_yet = cumulative_incidence(np.full(20, 9.0), np.ones(20, dtype=bool), [3, 9])
    assert nobody_yet.share.tolist() == [0, 1]
    assert nobody_yet.std_error.tolist() == [0, 0]
    assert nobody_yet.conf_high[0] == pytest.approx(wilson(0, 20).high)
    assert nobody_yet.conf_low[1] == pytest.approx(wilson(20, 20).low)


def test_a_weight_of_two_is_two_people_in_the_curve_but_not_in_its_error():
    doubled = kaplan_meier(TIME, EVENT, [4], np.full(5, 2.0))
    single = kaplan_meier(TIME, EVENT, [4])
    assert doubled.share == pytest.approx(single.share)
    assert doubled.std_error == pytest.approx(single.std_error)
    one_counts_twice = kaplan_meier(TIME, EVENT, [4], np.array([2.0, 1, 1, 1, 1]))
    repeated = kaplan_meier(np.r_[1.0, TIME], np.r_[True, EVENT], [4])
    assert one_counts_twice.share == pytest.approx(repeated.share)
    assert one_counts_twice.std_error != pytest.approx(repeated.std_error)


def test_people_without_weight_do_not_count():
    weight = np.array([1.0, 1, 1, 0, 1])
    kept = weight > 0
    assert restricted_mean(TIME, EVENT, 5, weight) == pytest.approx(
        restricted_mean(TIME[kept], EVENT[kept], 5)
    )


def test_a_mean_over_more_days_than_anybody_was_followed_is_unknown():
    assert np.isnan(restricted_mean(TIME, EVENT, 5.1)).all()
    assert restricted_mean(TIME[[0, 1, 3]], np.ones(3, dtype=bool), 9)[0] == pytest.approx(7 / 3)


def test_nobody_is_unknown():
    assert np.isnan(restricted_mean(*NOBODY, 5)).all()
    assert np.isnan(cumulative_incidence(*NOBODY, [1, 2]).share).all()


def test_nobody_with_an_event_has_the_whole_time_and_no_error():
    none = np.zeros(6, dtype=bool)
    assert restricted_mean(np.full(6, 365.0), none, 365) == (365, 0)
    found = restricted_mean_difference(
        (np.full(6, 365.0), none), (np.full(9, 365.0), np.zeros(9, dtype=bool)), 365, np.ones(9)
    )
    assert found.estimate == 0
    assert np.isnan([found.std_error, found.conf_low, found.p_value]).all()


def test_slow_reoffenders_helped_live_longer_without_an_event():
    fast, slow, never = np.full(10, 30.0), np.full(10, 300.0), np.full(20, 365.0)
    untreated = (np.r_[fast, slow, never], np.arange(40) < 20)
    treated = (np.r_[fast, never, slow * 0 + 365], np.arange(40) < 10)
    found = restricted_mean_difference(treated, untreated, 365, np.ones(40))
    assert found.estimate == pytest.approx(10 * 65 / 40)
    assert treated[0][treated[1]].mean() < untreated[0][untreated[1]].mean()
