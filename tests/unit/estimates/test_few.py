"""Intervals for rates of few people: they hold the truth as often as they say, and agree with their p-values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.estimates.few import few_people
from likeforlike.estimates.linearised import Linearised, described_terms
from likeforlike.estimates.rates import newcombe


def of_counts(x: int, n: int, y: int, m: int) -> Linearised:
    def yes(events: int, people: int) -> np.ndarray:
        return (np.arange(people) < events).astype(float)

    return described_terms(yes(x, n), yes(y, m), np.ones(m))


@given(st.integers(0, 60), st.integers(2, 60), st.integers(0, 90), st.integers(2, 90))
def test_the_p_value_is_below_one_in_twenty_exactly_where_the_interval_leaves_zero_out(x, n, y, m):
    found = few_people(of_counts(min(x, n), n, min(y, m), m))
    assert (found.p_value <= 0.05) == (found.conf_low > 0 or found.conf_high < 0)
    assert -1 <= found.conf_low <= found.estimate <= found.conf_high <= 1
    assert 0 <= found.p_value <= 1


@given(st.integers(0, 60), st.integers(30, 60), st.integers(0, 90), st.integers(30, 90))
def test_groups_changed_over_turn_the_interval_round(x, n, y, m):
    x, y = min(x, n), min(y, m)
    one, other = few_people(of_counts(x, n, y, m)), few_people(of_counts(y, m, x, n))
    # Only the first group is corrected for having its own mean taken off, by n / (n - 1).
    assert one.estimate == pytest.approx(-other.estimate)
    assert one.conf_low == pytest.approx(-other.conf_high, abs=0.02)


def test_groups_of_equal_people_get_newcombes_interval():
    found, published = few_people(of_counts(56, 70, 48, 80)), newcombe(56, 70, 48, 80)
    assert (published.low, published.high) == pytest.approx((0.0524, 0.3339), abs=5e-5), (
        "Newcombe 1998, table II"
    )
    assert (found.conf_low, found.conf_high) == pytest.approx((published.low, published.high), abs=0.002)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (30, 60), (0, 60), (30, 0), (0, 3)])
def test_none_and_all_have_an_interval(x, y):
    found = few_people(of_counts(x, 30, y, 60))
    assert found.conf_high - found.conf_low > 0.05


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_intervals_hold_the_truth_as_often_as_they_say(rate):
    rng = np.random.default_rng(7)
    weight = rng.gamma(1.5, size=120)
    held = []
    for _ in range(1_500):
        treated, pool = (rng.random(n) < rate for n in (30, 120))
        found = few_people(described_terms(treated.astype(float), pool.astype(float), weight))
        held.append(found.conf_low <= 0 <= found.conf_high)
    assert 0.93 <= np.mean(held) <= 0.975
