"""Bounds on hidden bias against their definitions, on inputs small enough to enumerate."""

from itertools import product
from math import comb, isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit
from scipy.stats import norm, rankdata

from likeforlike.checks.evalue import e_value
from likeforlike.checks.mantel_haenszel import Strata, _gap, mh_bounds
from likeforlike.checks.omitted_variable import (
    Strength,
    adjusted,
    as_strong_as,
    robustness_value,
    times_to_doubt,
)
from likeforlike.checks.rosenbaum import LARGEST, largest_gamma, sign_bounds, signed_rank_bounds

gammas = st.floats(1, 6)


@given(st.integers(0, 12), st.integers(0, 12), gammas)
def test_sign_bounds_enumerate_who_took_part(favouring, against, gamma):
    pairs = favouring + against
    p = gamma / (1 + gamma)
    tail = sum(comb(pairs, k) * p**k * (1 - p) ** (pairs - k) for k in range(favouring, pairs + 1))
    lower, upper = sign_bounds(favouring, pairs, gamma)
    assert isclose(upper, tail, abs_tol=1e-12)
    assert lower <= upper + 1e-12


@given(st.lists(st.integers(-4, 4), max_size=9), gammas)
def test_signed_rank_moments_are_those_of_every_way_to_take_part(differences, gamma):
    moved = np.array([d for d in differences if d], float)
    if not len(moved):
        assert signed_rank_bounds(np.array(differences, float), gamma) == (1.0, 1.0)
        return
    ranks, p = rankdata(np.abs(moved)), gamma / (1 + gamma)
    ways = np.array(list(product([0, 1], repeat=len(moved))))
    chance = np.prod(np.where(ways == 1, p, 1 - p), axis=1)
    sums = ways @ ranks
    mean = chance @ sums
    spread = np.sqrt(chance @ (sums - mean) ** 2)
    expected = norm.sf((ranks[moved > 0].sum() - mean) / spread)
    assert signed_rank_bounds(np.array(differences, float), gamma)[1] == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 30), st.integers(0, 30))
def test_largest_gamma_is_where_the_bound_crosses(favouring, against):
    bounds = lambda g: sign_bounds(favouring, favouring + against, g)  # noqa: E731
    gamma = largest_gamma(bounds)
    if gamma == 1:
        assert bounds(1.0 + 1e-5)[1] > 0.025 - 1e-6
    elif gamma < LARGEST:
        assert bounds(gamma)[1] == pytest.approx(0.025, abs=1e-5)


cells = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 20), st.integers(0, 20))


@given(st.lists(cells, min_size=1, max_size=4), gammas)
def test_mantel_haenszel_roots_solve_their_equation(strata, gamma):
    """Odds of an event among participants, at the mean, are Γ times those of the others."""
    n1 = np.array([a + b for a, b, _, _ in strata], float)
    y1 = np.array([a for a, *_ in strata], float)
    n0 = np.array([c + d for *_, c, d in strata], float)
    y0 = np.array([c for _, _, c, _ in strata], float)
    for n, y, m, z in zip(n1, y1, n0, y0, strict=True):
        one = Strata(*(np.array([v]) for v in (n, y, m, z)))
        gap, spread = _gap(one, gamma)
        if spread > 0 and gamma > 1.001:
            e = y - gap
            events = y + z
            assert e * (m - events + e) == pytest.approx(gamma * (n - e) * (events - e), abs=1e-6)
    whole = Strata(n1, y1, n0, y0)
    seen, spread = _gap(whole, 1.0)
    # closer than the continuity correction, normal theory has no order to keep
    if spread > 0 and abs(_gap(whole, gamma)[0]) > 0.5 and abs(seen) > 0.5 and gamma > 1:
        lower, upper = mh_bounds(whole, gamma)
        assert 0 <= lower <= upper + 1e-12 <= 1 + 2e-12


def test_mantel_haenszel_does_not_care_which_way_the_effect_points():
    many = Strata(*(np.array([x], float) for x in (50, 10, 200, 80)))
    turned = Strata(*(np.array([x], float) for x in (50, 40, 200, 120)))
    assert mh_bounds(many, 1.7) == pytest.approx(mh_bounds(turned, 1.7), abs=1e-12)


@given(st.floats(1e-6, 1e6))
def test_e_value_is_the_bias_that_explains_the_ratio(ratio):
    e = e_value(ratio)
    assert e * e / (2 * e - 1) == pytest.approx(max(ratio, 1 / ratio), rel=1e-9)


@given(st.floats(0.1, 40), st.integers(5, 5000), st.floats(0.1, 1))
def test_a_cause_as_strong_as_the_robustness_value_takes_the_share_away(t, df, q):
    rv = robustness_value(t, df, q=q)
    left, _ = adjusted(t, 1.0, df, Strength(rv, rv))
    assert left == pytest.approx((1 - q) * t, rel=1e-6, abs=1e-6)


@given(st.floats(2.2, 20), st.integers(10, 5000))
def test_a_cause_as_strong_as_the_interval_s_value_leaves_it_touching_zero(t, df):
    rv = robustness_value(t, df, alpha=0.05)
    critical = stdtrit(df - 1, 0.975)
    if rv > 0 and t / np.sqrt(df) < np.sqrt(df - 1) / critical:
        left, error = adjusted(t, 1.0, df, Strength(rv, rv))
        assert left == pytest.approx(critical * error, rel=1e-6)


@given(st.floats(0.0, 0.2), st.floats(0.0, 0.2), st.floats(2.1, 15))
def test_times_to_doubt_is_where_the_interval_touches_zero(treatment, outcome, t):
    df, known = 500.0, Strength(treatment, outcome)
    times = times_to_doubt(t, 1.0, df, known)
    if 0 < times < 10 and not np.isnan(as_strong_as(known, times + 1e-4).outcome):
        left, error = adjusted(t, 1.0, df, as_strong_as(known, times))
        if as_strong_as(known, times).outcome < 1:
            assert left == pytest.approx(stdtrit(df - 1, 0.975) * error, abs=1e-3)
