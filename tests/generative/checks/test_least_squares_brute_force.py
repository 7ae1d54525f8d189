"""Sums of squares from cross-products agree with plain least squares."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.checks.least_squares import LeastSquares, explained
from likeforlike.matching.design import Design


@given(st.integers(0, 10_000), st.integers(9, 30))
def test_what_is_left_is_what_lstsq_leaves(seed, units):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(units), rng.normal(size=(units, 2)), np.arange(units) % 2])
    weight = rng.uniform(0.1, 3, units)
    y, d = rng.normal(size=units), rng.normal(size=units)
    fit = LeastSquares.of(Design.of(x, ("intercept", "a", "b", "c")), weight)

    def left(matrix):
        root = np.sqrt(weight)
        beta = np.linalg.lstsq(matrix * root[:, None], y * root, rcond=None)[0]
        return float(weight @ (y - matrix @ beta) ** 2)

    np.testing.assert_allclose(fit.left(y), left(x), atol=1e-8)
    np.testing.assert_allclose(fit.left_beside(y, d), left(np.column_stack([x, d])), atol=1e-8)
    assert 0 <= explained(left(x[:, :2]), fit.left(y)) <= 1
