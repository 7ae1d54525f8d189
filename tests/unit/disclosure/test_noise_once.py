import numpy as np
import pytest

from likeforlike.disclosure.noise import Noisy, affordable, noisy_count, question_of
from likeforlike.errors import Refused

PEOPLE = np.array([3, 5, 8], dtype=np.uint64)


def ask(draws, *, earlier=(), spent=(), budget=1.0, epsilon=1.0, question="q", events=20, people=60):
    return noisy_count(
        events,
        people,
        epsilon,
        question,
        earlier=earlier,
        spent=spent,
        budget=budget,
        draw=lambda count, epsilon: count + draws.pop(),
    )


def test_the_same_question_gets_the_first_draw_however_often_and_with_no_budget_left():
    draws = [7, -3]
    first = ask(draws)
    assert first == Noisy("q", 17, 1.0)
    assert [ask(draws, earlier=[first], spent=[1.0]) for _ in range(3)] == [first] * 3
    assert draws == [7]


def test_another_question_about_the_same_people_is_refused_once_the_budget_is_spent():
    with pytest.raises(Refused):
        ask([1], spent=[1.0], question="other")


@pytest.mark.parametrize(("noise", "expected"), [(-90, 0), (90, 60)])
def test_a_count_stays_among_the_people(noise, expected):
    assert ask([noise]).value == expected


def test_a_question_is_who_what_and_when():
    same = question_of(PEOPLE, "rate", "2024-06")
    assert question_of(PEOPLE.copy(), "rate", "2024-06") == same
    others = [
        question_of(PEOPLE[:2], "rate", "2024-06"),
        question_of(PEOPLE, "frequency", "2024-06"),
        question_of(PEOPLE, "rate", "2024-07"),
    ]
    assert len({same, *others}) == 4


@pytest.mark.parametrize(
    ("spent", "asked", "budget", "expected"),
    [
        ([0.1, 0.1], 0.1, 0.3, True),
        ([0.1, 0.1], 0.1001, 0.3, False),
        ([], 1, 1, True),
        ([-1], 1, 1, False),
        ([], -1, 1, False),
    ],
)
def test_a_budget_is_added_up_as_written(spent, asked, budget, expected):
    assert affordable(spent, asked, budget) is expected


def test_events_must_be_among_the_people():
    with pytest.raises(ValueError, match="among"):
        ask([0], events=61)
