"""The estimators against closed forms and published intervals."""

import numpy as np
import pytest
from scipy import stats

from likeforlike.estimates.difference import Difference, inference, participants_to_settle, without_own
from likeforlike.estimates.linearised import described_terms, matched_terms


def matched_difference(*groups: np.ndarray) -> Difference:
    return matched_terms(*groups).difference()


def test_without_matching_it_is_the_unequal_variance_t_test_dominated_by_treatment():
    rng = np.random.default_rng(5)
    treated, pool = rng.binomial(1, 0.3, 400).astype(float), rng.binomial(1, 0.4, 5000).astype(float)
    weight = np.full(5000, 400 / 5000)
    found = matched_difference(treated, np.full(400, pool.mean()), pool - pool.mean(), weight)
    expected = stats.ttest_ind(treated, pool, equal_var=False)
    assert found.estimate == pytest.approx(treated.mean() - pool.mean())
    assert found.p_value == pytest.approx(expected.pvalue, rel=0.05)
    low, high = expected.confidence_interval()
    assert (found.conf_low, found.conf_high) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(
    ("n", "rate", "comparison", "low", "high"),
    [(72, 0.31, 0.43, -0.23, -0.01), (805, 0.18, 0.23, -0.08, -0.02)],
)
def test_published_justice_data_lab_intervals_follow_from_their_numbers(n, rate, comparison, low, high):
    events = round(n * rate)
    treated = np.r_[np.ones(events), np.zeros(n - events)]
    pool = np.r_[np.ones(round(50_000 * comparison)), np.zeros(50_000 - round(50_000 * comparison))]
    weight = np.full(50_000, n / 50_000)
    found = matched_difference(treated, np.full(n, comparison), pool - comparison, weight)
    # The published rates are rounded to whole points, so the limits agree to within one.
    assert found.conf_low == pytest.approx(low, abs=0.01)
    assert found.conf_high == pytest.approx(high, abs=0.011)


def test_weights_count_in_the_description():
    treated = np.array([10.0, 20.0, 30.0])
    found = described_terms(treated, np.array([10.0, 30.0]), np.array([3.0, 1.0])).difference()
    assert found.mean_comparison == 15.0
    variance = 100 / 3 + (9 * 25 + 1 * 225) / 16
    assert found.std_error == pytest.approx(variance**0.5)


def test_no_spread_gives_no_interval():
    found = matched_difference(np.ones(5), np.ones(5), np.zeros(9), np.full(9, 5 / 9))
    assert found.estimate == 0
    assert np.isnan([found.std_error, found.conf_low, found.p_value]).all()


def test_people_who_settle_a_difference_make_it_significant():
    needed = participants_to_settle(-0.05, 0.04, 200)
    assert needed == pytest.approx(200 * (1.959964 * 0.04 / 0.05) ** 2)
    found = inference(0.3, 0.35, -0.05, 0.04 * (200 / needed) ** 0.5, np.inf)
    assert found.p_value == pytest.approx(0.05, abs=1e-6)
    assert np.isnan([participants_to_settle(0.0, 0.04, 200), participants_to_settle(0.1, np.nan, 200)]).all()


def test_degrees_of_freedom_are_those_of_the_smaller_side():
    treated, alike = np.linspace(0, 1, 400), np.zeros(400)
    wide = matched_difference(treated, alike, np.zeros(3), np.array([398.0, 1.0, 1.0]))
    narrow = matched_difference(treated, alike, np.zeros(4000), np.full(4000, 0.1))
    assert wide.std_error == narrow.std_error
    assert np.isnan(wide.conf_low) or wide.conf_low < narrow.conf_low


def test_ones_own_value_does_not_make_a_residual_look_smaller():
    rng = np.random.default_rng(8)
    groups = rng.normal(size=(20_000, 4))
    residual = (groups - groups.mean(axis=1, keepdims=True)).ravel()
    fixed = without_own(residual, np.full(len(residual), 1 / 4))
    assert np.mean(residual**2) == pytest.approx(0.75, abs=0.02)
    assert np.mean(fixed**2) == pytest.approx(1.0, abs=0.02)


def test_somebody_alone_is_taken_to_vary_like_the_others():
    fixed = without_own(np.array([1.0, -1.0, 0.0]), np.array([0.5, 0.5, 1.0]))
    assert fixed[2] ** 2 == pytest.approx(2.0)
    assert without_own(np.zeros(2), np.ones(2)).tolist() == [0, 0]
