"""Protected curves by hand: rounded counts, deep steps, and an end that is the measure's own figure."""

import polars as pl
import pytest

from likeforlike.disclosure.timing import least_rise, timing_rows, timing_rule
from support.curves import LAB, curves_of

PROFILE = LAB.disclosure
DEEP = ((21, 46, 70, 104), 212, (60, 118, 160, 204), 400)


def rows_of(curves, estimates, shown):
    return [(r.day, r.treatment, r.comparison) for r in timing_rows(curves, estimates, [shown], PROFILE)]


def test_percentages_are_of_rounded_numbers_and_the_last_is_the_measures_own():
    # 20, 50, 70 of 210 and 60, 120, 160 of 400.
    assert rows_of(*curves_of(*DEEP)) == [(30, 10, 15), (60, 24, 30), (90, 33, 40), (120, 49, 51)]


def test_a_rise_that_might_hide_fewer_than_ten_people_is_merged_with_the_next():
    ours = (21, 34, 70, 104)
    assert [r[0] for r in rows_of(*curves_of(ours, *DEEP[1:]))] == [30, 90, 120]
    others = (60, 118, 160, 172)
    assert [r[0] for r in rows_of(*curves_of(*DEEP[:2], others, 400))] == [30, 60, 120]


def test_two_rounded_numbers_prove_ten_people_between_them():
    assert least_rise(PROFILE) == 20
    assert least_rise(PROFILE.model_copy(update={"round_counts_to": 5})) == 15


def test_a_measure_that_is_withheld_has_no_curve():
    curves, estimates, shown = curves_of(*DEEP)
    hidden = shown.model_copy(update={"withheld": "Too few.", "treatment": None, "comparison": None})
    assert timing_rows(curves, estimates, [hidden], PROFILE) == ()
    assert curves_of((2, 5, 7, 9), 212, *DEEP[2:])[2].withheld
    assert rows_of(*curves_of((2, 5, 7, 9), 212, *DEEP[2:])) == []


def test_an_end_alone_is_no_curve():
    assert rows_of(*curves_of((3, 6, 9, 18), 60, *DEEP[2:])) == []


def test_the_comparison_curve_ends_at_its_estimate_and_never_passes_it():
    curves, estimates, _ = curves_of(*DEEP)
    lower = estimates.with_columns(mean_comparison=pl.lit(0.40))
    shown = curves_of(*DEEP)[2].model_copy(update={"comparison": 40.0})
    found = rows_of(curves, lower, shown)
    assert [r[2] for r in found] == [12, 22, 32, 40]


def test_one_heavy_person_is_not_ten():
    curves, estimates, shown = curves_of(*DEEP)
    few = pl.when((pl.col("group") == "comparison") & (pl.col("month") == 1)).then(4).otherwise("events")
    assert rows_of(curves.with_columns(events=few), estimates, shown)[0][0] == 60


@pytest.mark.parametrize("share", [None, float("nan")])
def test_an_unknown_share_gives_no_curve(share):
    curves, estimates, shown = curves_of(*DEEP)
    unknown = pl.when(pl.col("month") == 4).then(pl.lit(share)).otherwise("share")
    assert rows_of(curves.with_columns(share=unknown), estimates, shown) == []


def test_weeks_are_never_shown():
    curves, estimates, shown = curves_of(*DEEP)
    weekly = curves.with_columns(month=pl.when(pl.col("month") != 2).then("month"))
    assert [r[0] for r in rows_of(weekly, estimates, shown)] == [30, 90, 120]


def test_the_record_says_what_was_done():
    rows = timing_rows(*curves_of(*DEEP)[:2], [curves_of(*DEEP)[2]], PROFILE)
    assert (timing_rule(rows, PROFILE).target, timing_rule(rows, PROFILE).action) == ("timing", "rounded")
    assert timing_rule((), PROFILE).action == "withheld"
