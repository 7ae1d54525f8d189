"""The spread in which callipers are given, and strata out of each other's reach."""

import numpy as np
import polars as pl
import pytest

from likeforlike.matching.methods import apart, spread


def test_the_spread_counts_the_pool_at_the_ends_of_the_participants_range():
    logit = np.array([0.0, 1.0, -50.0, 0.5, 9.0])
    treated = np.array([True, True, False, False, False])
    assert spread(logit, treated) == pytest.approx(np.std([0, 1, 0, 0.5, 1], ddof=1))


def test_a_single_score_among_participants_leaves_everybodys():
    assert spread(np.array([1.0, 0.0, 2.0]), np.array([True, False, False])) == pytest.approx(1.0)


def test_where_nobody_is_told_apart_any_calliper_holds_everybody():
    assert spread(np.full(5, -0.7), np.arange(5) < 2) == 1.0


def test_strata_lie_further_apart_than_any_reach():
    frame = pl.DataFrame({"a": ["x", "y", None, "x"], "b": [1.0, 1.0, None, 2.0]})
    logit = np.array([0.0, 5.0, 2.0, 5.0])
    distance = np.sort(logit + apart(frame, ("a", "b"), logit, reach=3.0))
    assert np.diff(distance).min() > 3.0
    assert apart(frame, (), logit, reach=3.0) == 0.0
