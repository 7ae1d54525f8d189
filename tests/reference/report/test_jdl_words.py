"""Results that the Justice Data Lab published, in the words that its rules give them."""

from pathlib import Path

import polars as pl
import pytest

from likeforlike.estimates.ttest import GroupMean, two_sample_t
from likeforlike.report.say import can_say
from likeforlike.report.words import Words
from support.release_figures import measure_row
from support.reports import example, justice

RESULTS = pl.read_csv(Path(__file__).parents[1] / "data" / "jdl_results.csv")
INTERVALS = RESULTS.drop_nulls(["diff_ci_low_pp", "diff_ci_high_pp"])
RATES = RESULTS.drop_nulls(["n_treat", "rate_treat_pct", "rate_comp_pct"])
USUAL_COMPARISON = 100_000
RATE = justice().outcomes.get("reoffended").over(12).model_copy(update={"headline": True})


def named(frame):
    return pytest.mark.parametrize("row", list(frame.iter_rows(named=True)), ids=lambda row: row["programme"])


def words_of(**figures):
    row = measure_row(RATE, **figures)
    return Words(example("lower").model_copy(update={"measures": (row,)}), justice())


def test_there_are_published_cases():
    assert len(INTERVALS) == 4
    assert len(RATES) == 4
    assert set(INTERVALS["significant"]) | set(RATES["significant"]) == {"yes"}


@named(INTERVALS)
def test_an_interval_below_zero_is_a_significant_fall_by_its_two_ends(row):
    low, high = row["diff_ci_low_pp"], row["diff_ci_high_pp"]
    treatment, comparison = row["rate_treat_pct"] or 30, row["rate_comp_pct"] or 37
    words = words_of(
        treatment=treatment, comparison=comparison, difference=treatment - comparison, p=0.04,
        conf_low=low, conf_high=high, decimals=0 if high == int(high) else 1,
    )  # fmt: skip
    sentence, meaning = words.answer()
    assert "were less likely to commit an offence" in sentence
    assert meaning == "This result favours the programme."
    near, far = (f"{abs(end):g}" if end == int(end) else f"{abs(end):.1f}" for end in (high, low))
    if high != int(high):
        far = f"{abs(low):.1f}"
    assert (
        f"is lower by between {near} and {far} percentage points. This is statistically" in can_say(words)[0]
    )


@named(RATES)
def test_the_printed_rates_give_the_published_verdict(row):
    people = row["n_comp"] or USUAL_COMPARISON
    treatment, comparison = row["rate_treat_pct"], row["rate_comp_pct"]
    found = two_sample_t(
        GroupMean.of_rate(treatment / 100, row["n_treat"]), GroupMean.of_rate(comparison / 100, people)
    )
    words = words_of(
        treatment=treatment, comparison=comparison, difference=treatment - comparison, p=found.p_value,
        conf_low=round(100 * found.conf_low), conf_high=round(100 * found.conf_high),
    )  # fmt: skip
    said = words.headlines[0].certainty
    assert (said == "certain") == (row["significant"] == "yes")
    assert "less likely" in words.answer()[0]


def test_an_interval_across_zero_should_not_be_taken_to_mean_that_the_programme_fails():
    words = words_of(treatment=29, comparison=31, difference=-2, conf_low=-9, conf_high=5, p=0.5)
    sentence, meaning = words.answer()
    assert sentence.startswith("We cannot yet tell whether")
    assert meaning == "This does not show that the programme fails: the question stays open."
    assert "More people would be needed to determine the direction." in can_say(words)[0]
    assert (
        "could be anywhere from 9 percentage points lower to 5 percentage points higher" in can_say(words)[0]
    )
