"""Nearest neighbours: ties kept with replacement, MatchIt's order without."""

import numpy as np
import pytest

from likeforlike.matching import nearest as module
from likeforlike.matching.nearest import nearest


def pairs(found) -> list[tuple[int, int]]:
    return sorted(zip(*(p.tolist() for p in found.pairs), strict=True))


def test_ties_are_kept_and_averaged():
    found = nearest(np.array([0.0, 5.0]), np.array([1.0, -1.0, 1.0, 5.5]))
    assert pairs(found) == [(0, 0), (0, 1), (0, 2), (1, 3)]
    assert found.pool == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1])
    assert found.treated.tolist() == [1, 1]


def test_all_tied_with_the_last_of_several_are_kept():
    found = nearest(np.array([0.0]), np.array([0.1, 2.0, -2.0, 3.0, 2.0]), ratio=2)
    assert pairs(found) == [(0, 0), (0, 1), (0, 2), (0, 4)]
    assert found.pool == pytest.approx([0.25, 0.25, 0.25, 0, 0.25])


def test_distances_that_differ_by_rounding_are_tied():
    at, pool = np.array([0.3]), np.array([0.1, 0.5])
    assert at[0] - pool[0] != pool[1] - at[0]
    assert pairs(nearest(at, pool)) == [(0, 0), (0, 1)]
    # A stratum's shift does not undo a tie.
    assert pairs(nearest(at + 1000.7, pool + 1000.7)) == [(0, 0), (0, 1)]


def test_fewer_within_the_calliper_than_asked_for():
    found = nearest(np.array([0.0, 9.0]), np.array([0.25, 0.5, 2.0]), ratio=3, caliper=0.5)
    assert pairs(found) == [(0, 0), (0, 1)]
    assert found.treated.tolist() == [1, 0]
    assert found.pool.tolist() == [0.5, 0.5, 0]


def test_more_asked_for_than_there_are():
    assert nearest(np.array([0.0]), np.array([1.0, 2.0]), ratio=5).pool.tolist() == [0.5, 0.5]
    assert nearest(np.array([0.0]), np.array([1.0, 2.0]), ratio=5, replace=False).pool.tolist() == [0.5, 0.5]


def test_ties_beyond_the_most_pairs_are_thinned_evenly(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_PAIRS", 20)
    found = nearest(np.zeros(2), np.ones(1000))
    participant, other = found.pairs
    assert np.bincount(participant).tolist() == [10, 10]
    assert other[:10].tolist() == list(range(0, 1000, 100))
    assert found.pool.sum() == pytest.approx(2)


def test_without_replacement_the_largest_score_chooses_first():
    found = nearest(np.array([0.0, 0.2]), np.array([0.15, -4.0]), replace=False)
    assert pairs(found) == [(0, 1), (1, 0)]


def test_without_replacement_equal_scores_choose_by_their_place_and_prefer_the_lower():
    found = nearest(np.array([0.0, 0.0]), np.array([1.0, -1.0]), replace=False)
    assert pairs(found) == [(0, 1), (1, 0)]


def test_without_replacement_everybody_has_a_first_match_before_anybody_a_second():
    at, pool = np.array([0.0, 1.0]), np.array([1.1, 0.9, 0.1, -0.5])
    assert pairs(nearest(at, pool, ratio=2, replace=False)) == [(0, 2), (0, 3), (1, 0), (1, 1)]


def test_without_replacement_who_finds_nobody_is_left_out():
    found = nearest(np.array([0.0, 0.1]), np.array([0.0]), replace=False)
    assert found.treated.tolist() == [0, 1]
    found = nearest(np.array([0.0, 0.1]), np.array([0.5, 0.2]), replace=False, caliper=0.1)
    assert pairs(found) == [(1, 1)]


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize(("at", "pool"), [([], [1.0]), ([1.0], []), ([], [])])
def test_empty_sides(at: list, pool: list, replace: bool):
    found = nearest(np.array(at), np.array(pool), replace=replace)
    assert found.treated.tolist() == [0.0] * len(at)
    assert found.pool.tolist() == [0.0] * len(pool)
    assert pairs(found) == []
