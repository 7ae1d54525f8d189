"""Weights from the score: odds and overlap."""

import numpy as np
import pytest

from likeforlike.matching.weighting import att_odds, overlap


def logit(chance: list[float]) -> np.ndarray:
    chance = np.array(chance)
    return np.log(chance / (1 - chance))


def test_odds():
    found = att_odds(np.zeros(3), logit([0.5, 0.75, 0.2]))
    assert found.treated.tolist() == [1, 1, 1]
    assert found.pool == pytest.approx(np.array([1, 3, 0.25]) * 3 / 4.25)


def test_odds_of_extreme_scores_do_not_overflow():
    found = att_odds(np.zeros(2), np.array([900.0, 899.0, -900.0]))
    assert found.pool == pytest.approx([2 / (1 + np.exp(-1)), 2 / (1 + np.e), 0])


def test_overlap():
    found = overlap(logit([0.5, 0.8]), logit([0.5, 0.25, 0.25]))
    assert found.treated == pytest.approx(np.array([0.5, 0.2]) * 2 / 0.7)
    assert found.pool == pytest.approx([1, 0.5, 0.5])
