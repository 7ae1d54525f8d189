"""Meta-analysis of any numbers: what must hold whatever they are, and coverage with a known truth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize_scalar

from likeforlike.evidence.meta.between import dersimonian_laird, reml, restricted_likelihood
from likeforlike.evidence.meta.heterogeneity import generalised_q, heterogeneity
from likeforlike.evidence.meta.pool import fixed_effect, random_effects
from likeforlike.evidence.meta.shrunken import shrunken
from likeforlike.evidence.meta.without import leave_one_out

SIZES = st.integers(2, 12)


@st.composite
def results(draw):
    k = draw(SIZES)
    y = draw(arrays(float, k, elements=st.floats(-30, 30)))
    error = draw(arrays(float, k, elements=st.floats(0.1, 10)))
    return y, error**2


@given(results())
def test_no_variance_is_more_likely_than_reml(drawn):
    """Against a direct search of the restricted likelihood in many pieces."""
    y, v = drawn
    found = reml(y, v)
    top = restricted_likelihood(y, v, np.array([found]))[0]
    edges = np.concatenate([[0.0], np.geomspace(1e-3, 4000, 30)])
    for low, high in pairwise(edges):
        best = minimize_scalar(
            lambda t: -restricted_likelihood(y, v, np.array([t]))[0], bounds=(low, high), method="bounded"
        )
        assert -best.fun <= top + 1e-7


@given(results(), st.floats(-50, 50), st.floats(0.1, 20))
def test_another_unit_or_origin_changes_nothing(drawn, shift, scale):
    y, v = drawn
    moved = (shift + scale * y, scale**2 * v)
    assert reml(*moved) == pytest.approx(scale**2 * reml(y, v), rel=1e-5, abs=1e-6 * scale**2)
    assert dersimonian_laird(*moved) == pytest.approx(scale**2 * dersimonian_laird(y, v), rel=1e-6, abs=1e-7)
    assert fixed_effect(*moved).estimate == pytest.approx(
        shift + scale * fixed_effect(y, v).estimate, abs=1e-6
    )


@given(results())
def test_shrunken_estimates_lie_between_their_own_and_the_mean(drawn):
    y, v = drawn
    tau2 = reml(y, v)
    pooled = random_effects(y, v, tau2, widen=True)
    found = shrunken(y, v, tau2, pooled)
    low, high = np.minimum(y, pooled.estimate), np.maximum(y, pooled.estimate)
    assert (found.estimate >= low - 1e-9).all()
    assert (found.estimate <= high + 1e-9).all()
    assert ((found.own_share >= 0) & (found.own_share < 1)).all()


@given(results())
def test_the_floor_only_widens(drawn):
    y, v = drawn
    tau2 = reml(y, v)
    widened = random_effects(y, v, tau2, widen=True).std_error
    plain = random_effects(y, v, tau2, hartung_knapp=False).std_error
    assert widened >= max(plain, random_effects(y, v, tau2).std_error) * (1 - 1e-12)


@given(results())
def test_limits_of_the_variance_hold_the_q_that_they_promise(drawn):
    y, v = drawn
    h = heterogeneity(y, v, reml(y, v))
    assert 0 <= h.tau2_low <= h.tau2_high
    if h.tau2_low > 0:
        assert generalised_q(y, v, h.tau2_low) > generalised_q(y, v, h.tau2_high)
    assert 0 <= h.i2_low <= h.i2_high <= 100


@given(results().filter(lambda drawn: len(drawn[0]) > 2))
def test_leaving_one_out_is_pooling_the_others(drawn):
    y, v = drawn
    for i, found in enumerate(leave_one_out(y, v)):
        rest = np.delete(y, i), np.delete(v, i)
        assert found == random_effects(*rest, reml(*rest))


@pytest.mark.parametrize(
    ("k", "tau", "least"), [(5, 0.0, 0.935), (5, 4.0, 0.905), (12, 4.0, 0.93), (40, 4.0, 0.935)]
)
def test_intervals_hold_the_truth_as_often_as_they_say(k, tau, least):
    """2,000 made-up libraries of results that differ sixfold in precision.

    Where effects differ and results are few, intervals hold the mean that was built in a little less often than 95%:
    the documentation says so, and the page warns of few results.
    """
    random = np.random.default_rng(9)
    error = np.linspace(1.0, 6.0, k)
    held = 0
    for _ in range(2000):
        y = random.normal(-3, np.sqrt(error**2 + tau**2))
        pooled = random_effects(y, error**2, reml(y, error**2), widen=True)
        held += pooled.conf_low <= -3 <= pooled.conf_high
    assert held / 2000 > least
