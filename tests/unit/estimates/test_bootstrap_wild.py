"""Random signs: fair, repeatable, and with the variance they should have."""

import numpy as np
import pytest

from likeforlike.estimates.bootstrap import signed_sums, wild_bootstrap
from likeforlike.estimates.clusters import by_cluster
from likeforlike.estimates.linearised import matched_terms


def found(m: int, n: int, effect: float = 0.0):
    rng = np.random.default_rng(3)
    return matched_terms(rng.normal(effect, 1, m), np.zeros(m), rng.normal(size=n), np.full(n, m / n))


def test_sums_have_mean_nought_and_the_variance_of_the_terms():
    terms = np.random.default_rng(1).normal(size=(1, 1203))
    sums = signed_sums(terms, np.random.default_rng(2), 20_000)[0]
    deviation = np.sqrt((terms**2).sum())
    assert abs(sums.mean()) < 4 * deviation / np.sqrt(20_000)
    assert sums.std() == pytest.approx(deviation, rel=0.02)


def test_every_combination_of_signs_is_equally_likely():
    sums = signed_sums(np.array([[1.0, 2.0, 4.0]]), np.random.default_rng(2), 16_000)[0]
    values, counts = np.unique(sums, return_counts=True)
    assert values.tolist() == [-7, -5, -3, -1, 1, 3, 5, 7]
    assert np.abs(counts - 2000).max() < 200


def test_columns_share_their_signs():
    one = np.random.default_rng(1).normal(size=77)
    sums = signed_sums(np.stack([one, -3 * one]), np.random.default_rng(2), 50)
    np.testing.assert_allclose(sums[1], -3 * sums[0])


def test_it_agrees_with_the_formula_where_that_is_right():
    estimate = found(500, 5000)
    plain, wild = estimate.difference(), wild_bootstrap(estimate, seed=1, replications=4000)
    assert wild.std_error == pytest.approx(plain.std_error, rel=0.05)
    assert (wild.conf_low, wild.conf_high) == pytest.approx((plain.conf_low, plain.conf_high), abs=0.01)
    assert wild.p_value == pytest.approx(plain.p_value, abs=0.03)
    assert wild == wild_bootstrap(estimate, seed=1, replications=4000)


def test_a_strong_effect_has_the_smallest_p_value_there_is():
    assert wild_bootstrap(found(100, 1000, effect=3.0), seed=1, replications=199).p_value == 1 / 200


def test_no_spread_stays_unknown():
    flat = matched_terms(np.ones(5), np.ones(5), np.zeros(9), np.full(9, 5 / 9))
    assert np.isnan(wild_bootstrap(flat, seed=1).conf_low)


def test_people_in_a_cluster_share_their_sign():
    one = found(60, 600)
    same, same_pool = np.arange(60) // 2, np.arange(600) // 3
    wild = wild_bootstrap(by_cluster(one, same, same_pool), seed=4, replications=4000)
    grouped = by_cluster(one, same, same_pool)
    assert wild.std_error == pytest.approx(grouped.variance**0.5, rel=0.05)
