"""Whoever is within the calliper by the computed distance counts, whatever rounding does to the ends of the window."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.matching.radius import radius, windows

tenths = st.integers(-30, 30).map(lambda k: k / 10)
scores = st.one_of(tenths, tenths.map(lambda x: x + 1000.1), st.floats(-1e3, 1e3), st.floats(0, 1e-15))
callipers = st.sampled_from([0.0, 0.1, 0.2, 0.3, 1e-15, 1e3])


def some(most: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, st.integers(0, most), elements=scores)


@given(some(10), some(20), callipers)
def test_windows_are_the_computed_distances(at: np.ndarray, pool: np.ndarray, caliper: float):
    inside = np.abs(at[:, None] - pool) <= caliper
    near = windows(at, pool, caliper)
    assert near.count.tolist() == inside.sum(axis=1).tolist()
    for i in range(len(at)):
        assert set(near.order[near.first[i] : near.last[i]]) == set(np.flatnonzero(inside[i]))
    found = radius(at, pool, caliper)
    share = inside / np.maximum(inside.sum(axis=1), 1)[:, None]
    np.testing.assert_allclose(found.pool, share.sum(axis=0), atol=1e-12)
    assert found.treated.tolist() == inside.any(axis=1).astype(float).tolist()
