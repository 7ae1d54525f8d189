"""The t-test on weighted means against SciPy's, and what it cannot say."""

import numpy as np
import pytest
from scipy import stats

from likeforlike.estimates.ttest import GroupMean, justice_t_test, two_sample_t

TREATED = np.array([1.0, 0, 0, 1, 0, 0, 0, 1])
POOL = np.array([1.0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1])


def test_without_weights_it_is_welchs():
    found = justice_t_test(TREATED, POOL, np.full(12, 8 / 12))
    expected = stats.ttest_ind(TREATED, POOL, equal_var=False)
    low, high = expected.confidence_interval()
    assert (found.conf_low, found.conf_high) == pytest.approx((low, high))
    assert found.p_value == pytest.approx(expected.pvalue)


def test_everyone_with_weight_counts_as_one_in_n():
    weight = np.r_[np.full(4, 1.7), np.full(8, 0.15), 0.0]
    found = justice_t_test(TREATED, np.r_[POOL, 1.0], weight)
    mean = (1.7 * POOL[:4].sum() + 0.15 * POOL[4:].sum()) / 8
    expected = stats.ttest_ind_from_stats(
        TREATED.mean(),
        TREATED.std(ddof=1),
        8,
        mean,
        np.sqrt(mean * (1 - mean) * 12 / 11),
        12,
        equal_var=False,
    )
    assert found.mean_comparison == pytest.approx(mean)
    assert found.p_value == pytest.approx(expected.pvalue)


def test_a_published_rate_has_the_variance_of_noughts_and_ones():
    from_values, from_rate = GroupMean.of_values(TREATED), GroupMean.of_rate(3 / 8, 8)
    assert from_values.variance == pytest.approx(from_rate.variance)


@pytest.mark.parametrize("treated", [[], [1.0], [0.0, 0.0]])
def test_too_few_or_no_spread_leaves_the_interval_unknown(treated):
    found = justice_t_test(np.array(treated), np.ones(5), np.ones(5))
    assert np.isnan([found.std_error, found.conf_low, found.conf_high, found.p_value]).all()


def test_certainty_on_one_side_only_is_a_one_sample_test():
    found = two_sample_t(GroupMean.of_values(TREATED), GroupMean(0.5, 0.0, 1000))
    assert found.p_value == pytest.approx(stats.ttest_1samp(TREATED, 0.5).pvalue)
