"""Neighbours in the own group and sums by cluster against their definitions, ties included."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.estimates.abadie_imbens import spread_nearby
from likeforlike.estimates.clusters import cluster_sums, cluster_variance

people = st.lists(
    st.tuples(st.integers(-6, 6), st.integers(-9, 9), st.integers(0, 4)), min_size=1, max_size=25
)


@given(people)
def test_spread_is_the_definition(rows):
    at, y, _ = np.array(rows, float).T
    found = spread_nearby(y, at)
    for i in range(len(at)):
        gap = np.abs(at - at[i])
        gap[i] = np.inf
        near = np.flatnonzero(gap == gap.min()) if len(at) > 1 else []
        j = len(near)
        expected = j / (j + 1) * (y[i] - y[near].mean()) ** 2 if j else 0.0
        assert abs(found[i] - expected) < 1e-9


@given(people)
def test_clusters_are_the_definition(rows):
    first, y, _ = np.array(rows, float).T
    sums = [y[first == c].sum() for c in sorted(set(first))]
    np.testing.assert_allclose(cluster_sums(y, first), sums)
    n, groups = len(y), len(sums)
    if groups > 1:
        assert np.isclose(cluster_variance(y, first), groups / (groups - 1) * np.square(sums).sum())
    else:
        assert np.isnan(cluster_variance(y, first))
    if n > 1:
        assert np.isclose(cluster_variance(y, np.arange(n)), n / (n - 1) * (y**2).sum())
