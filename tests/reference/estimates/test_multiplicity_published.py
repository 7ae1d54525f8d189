"""Benjamini and Hochberg's own example: 15 p-values of a trial of treatments after a heart attack."""

import numpy as np
import pytest
from scipy import stats

from likeforlike.estimates.multiplicity import benjamini_hochberg, holm

TRIAL = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_four_of_fifteen_hold_by_false_discovery_and_three_by_the_stricter_rule():
    assert (benjamini_hochberg(TRIAL) <= 0.05).sum() == 4
    assert (holm(TRIAL) <= 0.05).sum() == 3


def test_false_discovery_is_scipys():
    assert benjamini_hochberg(TRIAL) == pytest.approx(stats.false_discovery_control(TRIAL), abs=1e-15)


def test_holms_steps():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert np.round(holm(TRIAL)[:4], 10) == pytest.approx([0.0015, 0.0056, 0.0247, 0.114])
