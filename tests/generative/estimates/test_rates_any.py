"""Intervals of shares for any number of events among any number of people, whole or not."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from likeforlike.estimates import rates
from likeforlike.estimates.rates import (
    miettinen_nurminen,
    miettinen_nurminen_ratio,
    newcombe,
    score_p_value,
    wilson,
)

sizes = st.one_of(st.integers(1, 50).map(float), st.floats(1, 20_000))
shares = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
groups = st.tuples(sizes, shares).map(lambda g: (min(g[0] * g[1], g[0]), g[0]))
differences = pytest.mark.parametrize("method", [newcombe, miettinen_nurminen])


@given(groups)
def test_a_share_lies_in_its_interval(group):
    found = wilson(*group)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


@differences
@given(groups, groups)
def test_a_difference_lies_in_its_interval_on_the_scale(method, first, second):
    found = method(*first, *second)
    assert -1 <= found.low <= found.estimate <= found.high <= 1


@differences
@given(groups, groups)
def test_swapping_the_groups_turns_the_interval_round(method, first, second):
    there, back = method(*first, *second), method(*second, *first)
    assert (there.low, there.estimate, there.high) == pytest.approx(
        (-back.high, -back.estimate, -back.low), abs=1e-6
    )


@differences
@given(groups, groups)
def test_counting_those_without_the_event_turns_the_interval_round(method, first, second):
    there = method(*first, *second)
    back = method(first[1] - first[0], first[1], second[1] - second[0], second[1])
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-6)


@given(groups, groups)
def test_a_ratio_lies_in_its_interval(first, second):
    assume(first[0] + second[0] > 1e-6)
    found = miettinen_nurminen_ratio(*first, *second)
    assert 0 <= found.low <= found.estimate * (1 + 1e-12)
    assert found.estimate <= found.high * (1 + 1e-12)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_interval_and_p_value_agree(n1, n0, data):
    x1, x0 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n0))
    assume(0 < x1 + x0 < n1 + n0)
    p_value = score_p_value(x1, n1, x0, n0)
    assume(abs(p_value - 0.05) > 1e-6)
    assert miettinen_nurminen(x1, n1, x0, n0).excludes(0) == (p_value < 0.05)
    assert miettinen_nurminen_ratio(x1, n1, x0, n0).excludes(1) == (p_value < 0.05)


@given(st.integers(1, 30), st.integers(1, 30), st.data(), st.floats(-0.95, 0.95))
def test_the_closed_cubic_is_the_most_likely_pair_of_shares(n1, n0, data, d):
    x1, x0 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n0))

    def slope(q):
        return x1 / (q + d) - (n1 - x1) / (1 - q - d) + x0 / q - (n0 - x0) / (1 - q)

    low, high = max(0.0, -d) + 1e-12, min(1.0, 1.0 - d) - 1e-12
    q0 = low if slope(low) <= 0 else high if slope(high) >= 0 else brentq(slope, low, high, xtol=1e-13)
    q1, total = q0 + d, n1 + n0
    expected = (q1 * (1 - q1) / n1 + q0 * (1 - q0) / n0) * total / (total - 1)
    assert rates._variance_if_differing(x1, n1, x0, n0, d) == pytest.approx(expected, rel=1e-5, abs=1e-6)


@given(groups, st.floats(1, 2000), shares)
def test_more_confidence_is_wider(first, n0, share):
    for method in (newcombe, miettinen_nurminen):
        usual = method(*first, n0 * share, n0)
        sure = method(*first, n0 * share, n0, confidence=0.99)
        assert sure.low <= usual.low + 1e-9
        assert usual.high <= sure.high + 1e-9
        assert np.isfinite([usual.low, sure.high]).all()
