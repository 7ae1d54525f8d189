"""The difference per 100 people has a p-value of its own, which agrees with its interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.estimates.frequency import compare_frequency

counts = st.lists(st.integers(0, 9), min_size=3, max_size=25)


@given(counts, counts)
def test_the_p_value_is_below_one_in_twenty_exactly_where_the_interval_leaves_nought_out(one, other):
    found = compare_frequency(np.array(one, float), np.array(other, float), np.ones(len(other)))
    if np.isnan(found.difference.low):
        assert np.isnan(found.p_difference)
    else:
        assert (found.p_difference < 0.05) == found.difference.excludes(0.0)


def test_it_is_near_the_ratios_where_much_is_known():
    rng = np.random.default_rng(3)
    found = compare_frequency(rng.poisson(2, 900) * 1.0, rng.poisson(2.2, 900) * 1.0, np.ones(900))
    assert found.p_difference == pytest.approx(found.p_value, rel=0.1)
