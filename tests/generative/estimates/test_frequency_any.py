"""Frequencies of any small groups: never an error, the estimate inside, both ways round alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.estimates.frequency import compare_frequency

counts = arrays(np.float64, st.integers(1, 12), elements=st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.0, 30.0]))
groups = counts.flatmap(
    lambda y: st.tuples(
        st.just(y), arrays(np.float64, len(y), elements=st.sampled_from([0.0, 1e-3, 0.5, 1.0, 7.0]))
    )
)


@given(groups, groups)
def test_the_estimate_lies_in_its_intervals(first, second):
    found = compare_frequency(first[0], second[0], second[1], first[1])
    for interval in (found.ratio, found.difference, found.ratio_robust):
        if not np.isnan(interval.low):
            assert interval.low <= interval.estimate <= interval.high
    known = not np.isnan(found.p_value)
    assert known == (not np.isnan(found.ratio.low))
    assert known or found.reason
    assert not known or 0 <= found.p_value <= 1


@given(groups, groups)
def test_swapping_the_groups_turns_everything_round(first, second):
    there = compare_frequency(first[0], second[0], second[1], first[1])
    back = compare_frequency(second[0], first[0], first[1], second[1])
    assert there.p_value == pytest.approx(back.p_value, nan_ok=True)
    assert there.dispersion == pytest.approx(back.dispersion, nan_ok=True)
    assert there.difference.low == pytest.approx(-back.difference.high, nan_ok=True)
    if 0 < back.ratio.high < np.inf:
        assert there.ratio.low == pytest.approx(1 / back.ratio.high)
