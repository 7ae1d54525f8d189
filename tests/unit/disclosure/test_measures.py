"""Which figures of a measure may be shown, and in which precision."""

import math

import pytest

from likeforlike.disclosure.measures import GIVEN_AWAY, measure_row, measure_rows
from likeforlike.labs import load_lab

LAB = load_lab("justice")
RATE = LAB.outcomes.get("reoffended")
DAYS = LAB.outcomes.get("days_to_first")
FREE_DAYS = LAB.outcomes.get("offence_free_days")
FREQUENCY = LAB.outcomes.get("reoffences")
FIRST, BY_CLASS = LAB.outcomes.get("first_summary"), LAB.outcomes.get("reoffences_summary")


def row(**changes: float) -> dict[str, float]:
    usual = {
        "n": 1043, "n_comparison": 20_417, "mean_treated": 0.2837, "mean_comparison": 0.3402, "estimate": -0.0565,
        "conf_low": -0.0841, "conf_high": -0.0289, "p_value": 0.00006, "events_treated": 296,
        "events_comparison": 1_020.0, "largest_share": 0.01,
        "effective_comparison": 3_000.0, "people_treated": 1043, "people_comparison": 3_000.0, "number_needed": 310.4,
    }  # fmt: skip
    return usual | changes


def test_a_rate_is_shown_in_whole_points_and_people_to_the_nearest_ten():
    shown, rule = measure_row(RATE, row(), LAB.disclosure, headline=True)
    assert (shown.n_treatment, shown.n_comparison) == (1040, 20_420)
    assert (shown.treatment, shown.comparison, shown.difference) == (28, 34, -6)
    assert (shown.conf_low, shown.conf_high) == (-8, -3)
    assert (shown.p_value, shown.significant, shown.direction) == (0.0, True, "lower")
    assert rule.action == "rounded"


def test_an_inconclusive_difference_has_no_direction_but_says_how_many_people_it_would_take():
    shown, _ = measure_row(
        RATE, row(p_value=0.31, conf_low=-0.11, conf_high=0.03), LAB.disclosure, headline=True
    )
    assert (shown.significant, shown.direction, shown.number_needed) == (False, "undetermined", 400)


def test_a_p_value_just_above_the_limit_is_never_rounded_onto_it():
    shown, _ = measure_row(RATE, row(p_value=0.0502), LAB.disclosure, headline=True)
    assert not shown.significant
    assert shown.p_value == 0.05 or shown.p_value > 0.05
    shown, _ = measure_row(RATE, row(p_value=0.0499), LAB.disclosure, headline=True)
    assert shown.significant
    assert shown.p_value < 0.05


@pytest.mark.parametrize(
    ("measure", "changes"),
    [
        (RATE, {"n": 29}),
        (RATE, {"effective_comparison": 29.0}),
        (RATE, {"events_treated": 9}),
        (RATE, {"events_treated": 1034}),
        (RATE, {"events_comparison": 9.0}),
        (RATE, {"events_comparison": 2_995.0}),
        (DAYS, {"n": 29, "events_treated": 29}),
        (DAYS, {"n": 1038, "events_treated": 1038}),
        (DAYS, {"n": 300, "effective_comparison": 2_995.0}),
        (FREE_DAYS, {"events_treated": 9}),
        (FREE_DAYS, {"events_treated": 1043}),
        (FIRST, {"n": 29, "events_treated": 15}),
        (FIRST, {"n": 300, "effective_comparison": 900.0, "events_treated": 9, "events_comparison": 300.0}),
        (FIRST, {"n": 300, "effective_comparison": 900.0, "events_treated": 291, "events_comparison": 300.0}),
        (FIRST, {"n": 300, "effective_comparison": 900.0, "events_treated": 150, "events_comparison": 9.0}),
        (
            BY_CLASS,
            {"n": 300, "effective_comparison": 900.0, "events_treated": 9, "events_comparison": 300.0},
        ),
        (FREQUENCY, {"largest_share": 0.9}),
        (FREQUENCY, {"p_value": math.nan}),
    ],
)
def test_nothing_is_shown_of_a_measure_about_too_few(measure, changes):
    shown, rule = measure_row(measure, row(**changes), LAB.disclosure, headline=True)
    figures = shown.model_dump(include={"n_treatment", "n_comparison", "treatment", "comparison", "difference",
                                        "conf_low", "conf_high", "p_value", "number_needed"})  # fmt: skip
    assert set(figures.values()) == {None}
    assert shown.withheld
    assert rule.action == "withheld"


@pytest.mark.parametrize(
    ("measure", "changes"),
    [
        (FREE_DAYS, {}),
        (DAYS, {"n": 300, "events_treated": 300, "effective_comparison": 900.0, "events_comparison": 900.0}),
        (FIRST, {"n": 300, "events_treated": 10, "effective_comparison": 900.0, "events_comparison": 300.0}),
        (
            BY_CLASS,
            {"n": 300, "events_treated": 290, "effective_comparison": 900.0, "events_comparison": 300.0},
        ),
    ],
)
def test_a_measure_about_enough_is_shown(measure, changes):
    assert not measure_row(measure, row(**changes), LAB.disclosure, headline=False)[0].withheld


@pytest.mark.parametrize(("measure", "events", "significant"), [(FIRST, 10, True), (FREE_DAYS, 29, False),
                                                                 (FREE_DAYS, 30, True)])  # fmt: skip
def test_classes_need_ten_events_to_be_significant_and_headlines_thirty(measure, events, significant):
    changes = {"n": 300, "people_treated": 1043, "effective_comparison": 900.0, "events_comparison": 300.0}
    changes = changes if measure.base else {}
    shown, _ = measure_row(measure, row(**changes, events_treated=events), LAB.disclosure, headline=True)
    assert shown.significant is significant


CLASSES = ("first_indictable", "first_either_way", "first_summary")
NUMBERS = ("reoffences_indictable", "reoffences_either_way", "reoffences_summary")


def shown_of(names, treated, comparison=(100.0, 400.0, 400.0)):
    """Names of the measures that are shown when so many people have the event."""
    base = {"n": 300, "effective_comparison": 900.0}
    rows = [
        {"term": name} | row(**base, events_treated=t, events_comparison=c)
        for name, t, c in zip(names, treated, comparison, strict=True)
    ]
    found = measure_rows(LAB.outcomes, rows, LAB.disclosure, headline=(), months=12)
    assert [r.name for r, _ in found] == list(names)
    return {r.name for r, _ in found if not r.withheld}, {
        r.name for r, _ in found if r.withheld == GIVEN_AWAY
    }


@pytest.mark.parametrize(
    ("names", "treated", "shown", "with_it"),
    [
        (CLASSES, (30, 150, 120), {0, 1, 2}, set()),
        (CLASSES, (9, 171, 120), {1}, {2}),
        (CLASSES, (9, 3, 288), {2}, set()),
        (CLASSES, (4, 5, 280), set(), {2}),
        (CLASSES, (1, 1, 298), set(), set()),
        (NUMBERS, (9, 171, 120), {1}, {2}),
        (NUMBERS, (6, 6, 280), set(), {2}),
    ],
)
def test_parts_of_a_whole_never_give_a_withheld_one_away(names, treated, shown, with_it):
    assert shown_of(names, treated) == ({names[i] for i in shown}, {names[i] for i in with_it})


def test_the_comparison_group_is_not_given_away_either():
    shown, with_it = shown_of(CLASSES, (30, 150, 120), (4.0, 400.0, 496.0))
    assert shown == {"first_either_way"}
    assert with_it == {"first_summary"}


def test_rows_say_how_long_people_were_followed_and_what_is_on_the_first_page():
    rows = [{"term": "reoffended"} | row(), {"term": "reoffences"} | row()]
    found = measure_rows(LAB.outcomes, rows, LAB.disclosure, headline=("reoffences",), months=24)
    assert [r.label for r, _ in found] == [
        "committed an offence within two years",
        "offences committed within two years",
    ]
    assert [r.headline for r, _ in found] == [False, True]
    assert [rule.target for _, rule in found] == [r.statistical_label for r, _ in found]


def test_too_few_events_are_never_called_significant():
    shown, _ = measure_row(RATE, row(n=200, events_treated=29), LAB.disclosure, headline=True)
    assert not shown.significant


def test_no_number_of_people_is_given_for_a_difference_that_is_shown_as_none():
    shown, _ = measure_row(RATE, row(p_value=0.9, estimate=0.004), LAB.disclosure, headline=True)
    assert (shown.difference, shown.number_needed) == (0, None)


def test_the_plan_says_what_is_on_the_first_page():
    assert not measure_row(RATE, row(), LAB.disclosure, headline=False)[0].headline
