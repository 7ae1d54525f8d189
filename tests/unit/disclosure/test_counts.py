import pytest

from likeforlike.disclosure.counts import percent, rounded, shown, too_even
from likeforlike.labs import load_lab

PROFILE = load_lab("justice").disclosure


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, None), (1, None), (9, None), (10, 10), (14, 10), (15, 20), (25, 20 + 10), (1234, 1230)],
)
def test_counts_below_ten_are_hidden_and_others_go_to_the_nearest_ten(count, expected):
    assert shown(count, PROFILE) == expected


def test_zero_is_hidden_like_any_small_count():
    assert shown(0, PROFILE) == shown(9, PROFILE)


@pytest.mark.parametrize(("part", "whole", "expected"), [(None, 100, None), (10, None, None), (30, 120, 25)])
def test_percentages_come_from_what_is_shown(part, whole, expected):
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("events", "people", "expected"), [(9, 100, True), (10, 100, False), (90, 100, False), (91, 100, True)]
)
def test_both_sides_of_a_rate_need_enough_people(events, people, expected):
    assert too_even(events, people, PROFILE) is expected


def test_halves_always_go_up():
    assert [rounded(n, PROFILE) for n in (5, 15, 25, 35)] == [10, 20, 30, 40]
