"""The reason that is given is the one that holds."""

import math

import pytest

from likeforlike.disclosure.measures import measure_row, why_withheld
from likeforlike.labs import load_lab

LAB = load_lab("justice")
RATE, FREQUENCY, DAYS, AMONG = (
    LAB.outcomes.get(name) for name in ("reoffended", "reoffences", "offence_free_days", "days_to_first")
)


def row(**changes):
    usual = {
        "n": 400, "n_comparison": 20_417, "mean_treated": 0.28, "mean_comparison": 0.34, "estimate": -0.06,
        "conf_low": -0.08, "conf_high": -0.03, "p_value": 0.01, "events_treated": 120, "events_comparison": 1_020.0,
        "largest_share": 0.01, "effective_comparison": 3_000.0, "people_treated": 400, "people_comparison": 3_000.0,
        "number_needed": 310.4, "detectable": 0.07, "places": None, "p_adjusted": None,
    }  # fmt: skip
    return usual | changes


UNKNOWN = {"p_value": math.nan, "conf_low": math.nan, "conf_high": math.nan}


@pytest.mark.parametrize("measure", [RATE, FREQUENCY, DAYS])
def test_too_few_places_are_not_too_few_people(measure):
    said = why_withheld(measure, row(**UNKNOWN, places=2), LAB.disclosure)
    assert said == "Too few places took part to say how sure this figure is."
    assert why_withheld(measure, row(places=6), LAB.disclosure) == ""


@pytest.mark.parametrize("measure", [RATE, FREQUENCY, DAYS])
@pytest.mark.parametrize(("group", "events"), [("treated", 0), ("treated", 400)])
@pytest.mark.parametrize("places", [None, 2])
def test_nobody_or_everybody_having_it_is_the_reason_whatever_else_is_not_known(
    measure, group, events, places
):
    said = why_withheld(measure, row(**UNKNOWN, events_treated=events, places=places), LAB.disclosure)
    assert said == "Too few people had, or did not have, this outcome to show it."


def test_nobody_counted_at_all_is_too_few_people():
    told = row(**UNKNOWN, n=0, events_treated=0, people_treated=400)
    assert why_withheld(AMONG, told, LAB.disclosure) == "Too few people to show this."


def test_an_unknown_error_of_people_is_no_word_about_places():
    assert (
        why_withheld(RATE, row(**UNKNOWN), LAB.disclosure)
        == "This figure cannot be worked out for this group."
    )


@pytest.mark.parametrize(
    ("effect", "shown"), [(0.071, 8), (0.999, 100), (1.0, None), (1.4, None), (math.nan, None)]
)
def test_no_rate_can_differ_by_more_than_all(effect, shown):
    told, _ = measure_row(RATE, row(detectable=effect, places=4), LAB.disclosure, headline=True)
    assert told.detectable == shown
