"""Radius matching: ends included as distances are computed, ties, empty sides, a calliper for each."""

import numpy as np
import pytest

from likeforlike.matching.radius import radius, windows


def test_weights_are_shares_of_those_within():
    found = radius(np.array([0.0, 1.0, 9.0]), np.array([0.5, -0.5, 1.5]), 0.5)
    assert found.treated.tolist() == [1, 1, 0]
    assert found.pool.tolist() == [0.5 + 0.5, 0.5, 0.5]
    assert found.pairs is None


def test_ends_are_those_of_the_computed_distance():
    # 0.8 + 0.1 rounds to below 0.9, and 0.9 − 0.8 to below 0.1: the distance decides.
    at, pool = np.array([0.8, 0.3, 1e-20]), np.array([0.9, 0.1, 0.2, 0.2 + 1e-16])
    inside = np.abs(at[:, None] - pool) <= 0.2
    assert windows(at, pool, 0.2).count.tolist() == inside.sum(axis=1).tolist()


def test_many_different_scores_within_rounding_of_the_end():
    at, pool = np.array([0.2]), np.arange(-50, 50) * 1e-19
    assert windows(at, pool, 0.2).count.tolist() == [100]


@pytest.mark.parametrize(("at", "pool"), [([], [1.0]), ([1.0], []), ([], [])])
def test_empty_sides(at: list, pool: list):
    found = radius(np.array(at), np.array(pool), 1.0)
    assert found.treated.tolist() == [0.0] * len(at)
    assert found.pool.tolist() == [0.0] * len(pool)


def test_a_calliper_for_each_participant():
    near = windows(np.array([0.0, 0.0]), np.array([-1.0, 0.0, 2.0]), np.array([0.0, 2.0]))
    assert near.count.tolist() == [1, 3]
