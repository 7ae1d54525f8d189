"""Weights count whom they match."""

import numpy as np

from likeforlike.matching.weights import Weights


def test_matched_counts_participants_with_any_weight():
    assert Weights(np.array([1.0, 0.0, 0.3]), np.array([1.3])).matched == 2
    assert Weights(np.empty(0), np.empty(0)).matched == 0
