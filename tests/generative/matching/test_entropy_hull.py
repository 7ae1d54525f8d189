"""Entropy balancing balances whatever some weights of the pool can give, and nobody else's weights are nearer."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from likeforlike.matching.design import Design
from likeforlike.matching.entropy import NotBalanceable, entropy_balance


@given(st.integers(6, 30), st.integers(1, 3), st.integers(0, 10_000), st.booleans())
@example(units=13, terms=1, seed=265, flags=True)  # means that are nearly the pool's own
def test_balances_any_mixture(units: int, terms: int, seed: int, flags: bool):
    rng = np.random.default_rng(seed)
    columns = (rng.random((units, terms)) < 0.5).astype(float) if flags else rng.normal(size=(units, terms))
    pool = Design.of(np.column_stack([np.ones(units), columns]), tuple("abcd"[: terms + 1]))
    mixture = rng.dirichlet(np.ones(units))
    targets = pool.totals(mixture)
    weight = entropy_balance(pool, targets)
    assert weight.min() >= 0
    assert abs(weight.sum() - 1) < 1e-12
    assert np.abs(pool.totals(weight) - targets).max() < 1e-8
    entropy = (weight * np.log(np.maximum(weight, 1e-300))).sum()
    assert entropy <= (mixture * np.log(mixture)).sum() + 1e-9


@given(st.integers(3, 30), st.integers(1, 3), st.integers(0, 10_000), st.floats(1e-3, 10))
def test_refuses_what_lies_outside(units: int, terms: int, seed: int, beyond: float):
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(units, terms))
    direction = rng.normal(size=terms)
    direction /= np.linalg.norm(direction)
    along = columns @ direction
    target = columns[along.argmax()] + beyond * direction
    pool = Design.of(np.column_stack([np.ones(units), columns]), tuple("abcd"[: terms + 1]))
    try:
        entropy_balance(pool, np.append(1.0, target))
    except NotBalanceable:
        return
    raise AssertionError("balanced what lies outside the hull")
