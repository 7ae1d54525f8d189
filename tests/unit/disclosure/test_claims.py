"""Which results are called significant: the first headline alone, the others after correction, none with few events."""

import pytest

from likeforlike.disclosure.measures import measure_rows
from likeforlike.labs import load_lab

LAB = load_lab("justice")
ROW = {
    "n": 1043, "n_comparison": 20_417, "mean_treated": 0.2837, "mean_comparison": 0.3402, "estimate": -0.0565,
    "conf_low": -0.0841, "conf_high": -0.0289, "p_value": 0.03, "p_adjusted": 0.09, "events_treated": 296,
    "events_comparison": 1_020.0, "largest_share": 0.01, "effective_comparison": 3_000.0, "people_treated": 1043,
    "people_comparison": 3_000.0, "number_needed": 310.4, "detectable": 0.0421,
}  # fmt: skip


def told(alone: str = "", **changes: object):
    rows = [ROW | {"term": term} | changes for term in ("reoffended", "reoffences")]
    found = measure_rows(
        LAB.outcomes, rows, LAB.disclosure, headline=("reoffended", "reoffences"), months=12, alone=alone
    )
    return [row for row, _ in found]


def test_the_first_headline_is_one_test_and_the_others_are_several():
    first, second = told(alone="reoffended")
    assert (first.significant, first.doubt, first.direction) == (True, "", "lower")
    assert (second.significant, second.doubt, second.direction) == (False, "several", "undetermined")


def test_a_part_of_the_group_has_no_measure_that_stands_alone():
    assert [row.doubt for row in told()] == ["several", "several"]


@pytest.mark.parametrize("adjusted", [None, float("nan"), 0.04])
def test_without_correction_or_after_it_the_plain_p_value_decides(adjusted):
    assert all(row.significant for row in told(p_adjusted=adjusted))


def test_too_few_events_come_before_anything_else():
    first, _ = told(alone="reoffended", events_treated=9, n=40)
    assert first.withheld or first.doubt == "too_few"
    assert not first.significant


def test_what_could_be_found_is_rounded_up():
    assert [row.detectable for row in told(alone="reoffended")] == [5.0, 0.05]
    assert [row.detectable for row in told(detectable=float("nan"))] == [None, None]
