"""The empirical null against a fine search, and calibrated p-values against plain ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from likeforlike.checks.empirical_null import EmpiricalNull, fit_null


def unlikely(null, b, se):
    return -norm.logpdf(b, null.mean, np.hypot(null.sd, se)).sum()


@settings(max_examples=30)
@given(st.integers(0, 1000), st.integers(2, 30))
def test_no_other_null_is_likelier(seed, controls):
    rng = np.random.default_rng(seed)
    se = rng.uniform(0.05, 1, controls)
    b = rng.normal(rng.normal(), np.hypot(rng.uniform(0, 1), se))
    best = fit_null(b, se)
    own = unlikely(best, b, se)
    mean, sd = (
        g[..., None] for g in np.meshgrid(np.linspace(b.min(), b.max(), 61), np.linspace(0, np.ptp(b), 61))
    )
    others = -norm.logpdf(b, mean, np.hypot(sd, se)).sum(axis=-1)
    assert own <= others.min() + 1e-7


def test_equal_errors_have_a_closed_form():
    b, se = np.array([-1.0, 0.0, 1.0, 2.0]), np.full(4, 0.5)
    null = fit_null(b, se)
    assert null.mean == pytest.approx(0.5)
    assert null.sd == pytest.approx(np.sqrt(b.var() - 0.25), abs=1e-6)


def test_controls_that_agree_leave_no_spread():
    null = fit_null(np.array([0.1, 0.1, 0.1]), np.array([0.2, 0.3, 0.4]))
    assert null == EmpiricalNull(pytest.approx(0.1), 0.0)
    assert null.calibrated_p(0.1, 0.2) == pytest.approx(1.0)


def test_without_bias_the_p_value_is_the_plain_one():
    assert EmpiricalNull(0.0, 0.0).calibrated_p(1.959964, 1.0) == pytest.approx(0.05, abs=1e-7)


def test_one_control_is_no_null():
    with pytest.raises(ValueError, match="two controls"):
        fit_null(np.array([1.0]), np.array([1.0]))
