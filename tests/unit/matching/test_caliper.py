"""The calliper is chosen by balance and by how many it keeps."""

import numpy as np
import pytest

from likeforlike.matching.caliper import choose_caliper
from likeforlike.matching.weights import Weights

CANDIDATES = (0.1, 0.5, 0.2)


def choose(imbalance: dict[float, float], matched: dict[float, int]):
    def weigh(caliper: float) -> Weights:
        treated = (np.arange(100) < matched[caliper]).astype(float)
        return Weights(treated, np.full(4, treated.sum() / 4) * (1 + caliper))

    def worst(weights: Weights) -> float:
        return next(imbalance[c] for c in CANDIDATES if matched[c] == weights.matched)

    return choose_caliper(CANDIDATES, weigh, worst, good=0.05)


def test_widest_with_good_balance():
    found = choose({0.5: 0.08, 0.2: 0.05, 0.1: 0.01}, {0.5: 100, 0.2: 99, 0.1: 98})
    assert found.caliper == 0.2
    assert found.table.columns == ["caliper", "matched", "imbalance", "effective", "chosen"]
    assert found.table["caliper"].to_list() == [0.5, 0.2, 0.1]
    assert found.table["chosen"].to_list() == [False, True, False]
    assert found.table["effective"].to_list() == pytest.approx([4.0, 4.0, 4.0])


def test_best_of_those_that_keep_enough_where_none_is_good():
    assert choose({0.5: 0.3, 0.2: 0.1, 0.1: 0.01}, {0.5: 100, 0.2: 90, 0.1: 89}).caliper == 0.2


def test_good_balance_by_dropping_people_does_not_count():
    assert choose({0.5: 0.3, 0.2: 0.4, 0.1: 0.01}, {0.5: 100, 0.2: 95, 0.1: 50}).caliper == 0.5


def test_unknown_balance_is_not_good():
    assert choose({0.5: np.nan, 0.2: 0.4, 0.1: 0.5}, {0.5: 100, 0.2: 99, 0.1: 98}).caliper == 0.2


def test_nobody_matched_anywhere():
    found = choose({}, dict.fromkeys(CANDIDATES, 0))
    assert found.caliper == 0.5
    assert found.table["imbalance"].to_list() == [np.inf] * 3
