"""Which cells may not be shown by themselves."""

import pytest

from likeforlike.disclosure.cells.sensitive import (
    closely_estimated,
    closely_estimated_by_prior,
    dominated,
    group_disclosed,
    too_few,
)

CLOSE = [52_000, 50_000, 8_000]


def test_the_p_percent_rule_and_dominance_disagree_as_published():
    assert not closely_estimated(CLOSE, 10)
    assert closely_estimated(CLOSE, 16)
    assert dominated(CLOSE, 2, 0.909)


@pytest.mark.parametrize(
    ("parts", "unsafe"),
    [
        ([100], True),
        ([90, 10], True),
        ([80, 20], True),
        ([70, 30], True),
        ([80, 10, 10], False),
        ([70, 10, 10, 10], False),
        ([60, 20, 10, 10], False),
    ],
)
def test_two_hold_more_than_nine_tenths(parts, unsafe):
    assert dominated(parts) is unsafe
    assert dominated(parts[::-1]) is unsafe


def test_a_coalition_knows_more():
    parts = [50, 20, 20, 10]
    assert not closely_estimated(parts, 30)
    assert not closely_estimated(parts, 15, coalition=2)
    assert closely_estimated(parts, 30, coalition=2)


def test_prior_knowledge_makes_estimates_closer():
    assert not closely_estimated_by_prior([100, 50, 30], 10, 50)
    assert closely_estimated_by_prior([100, 50, 30], 10, 20)
    with pytest.raises(ValueError, match="prior"):
        closely_estimated_by_prior([1, 2], 10, 10)


def test_contributions_below_zero_are_somebodys_to_judge():
    with pytest.raises(ValueError, match="below zero"):
        dominated([5, -1])


def test_counts_from_one_to_below_the_threshold():
    assert too_few([0, 1, 9, 10, 11], 10).tolist() == [False, True, True, False, False]
    assert too_few([0, 1, 9, 10, 11], 10, zeros=True).tolist() == [True, True, True, False, False]


@pytest.mark.parametrize("counts", [[-1, 3], [7.1, 2.0]])
def test_what_is_no_count(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        too_few(counts, 10)


@pytest.mark.parametrize(
    ("row", "told"), [([40, 0], True), ([49, 1], True), ([40, 9], True), ([40, 10], False), ([0, 0], False)]
)
def test_nearly_everybody_in_one_category(row, told):
    assert group_disclosed(row, 10) is told
