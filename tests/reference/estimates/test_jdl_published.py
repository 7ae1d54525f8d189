"""Intervals and verdicts that the Justice Data Lab published, from the numbers it published them with.

Rates are printed in whole percent. The reader cannot know the rest, so what must hold is that some rates that print
so give the limits that were printed.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.estimates.ttest import GroupMean, two_sample_t

RESULTS = pl.read_csv(Path(__file__).parents[1] / "data" / "jdl_results.csv")
WITH_RATES = RESULTS.drop_nulls(["n_treat", "rate_treat_pct", "rate_comp_pct"])
WITH_INTERVAL = WITH_RATES.drop_nulls("diff_ci_low_pp")
# Where the report did not say, a comparison group of the size these reports have.
USUAL_COMPARISON = 100_000


def as_printed(percent: float) -> np.ndarray:
    """Rates that print as this whole percent."""
    return np.linspace(percent - 0.499, percent + 0.499, 21) / 100


def possible(row: dict) -> list:
    people = row["n_comp"] or USUAL_COMPARISON
    return [
        two_sample_t(GroupMean.of_rate(p1, row["n_treat"]), GroupMean.of_rate(p0, people))
        for p1 in as_printed(row["rate_treat_pct"])
        for p0 in as_printed(row["rate_comp_pct"])
    ]


def named(frame: pl.DataFrame):
    return pytest.mark.parametrize("row", list(frame.iter_rows(named=True)), ids=lambda row: row["programme"])


def test_there_are_results_to_reproduce():
    assert WITH_INTERVAL["n_treat"].to_list() == [72, 805]
    assert WITH_RATES["n_treat"].to_list() == [72, 621, 805, 9041]


@named(WITH_INTERVAL)
def test_printed_limits_follow_from_the_printed_rates(row):
    limits = {(round(100 * d.conf_low), round(100 * d.conf_high)) for d in possible(row)}
    assert (row["diff_ci_low_pp"], row["diff_ci_high_pp"]) in limits


@named(WITH_INTERVAL)
def test_the_rates_as_printed_are_within_a_point(row):
    people = row["n_comp"] or USUAL_COMPARISON
    found = two_sample_t(
        GroupMean.of_rate(row["rate_treat_pct"] / 100, row["n_treat"]),
        GroupMean.of_rate(row["rate_comp_pct"] / 100, people),
    )
    assert 100 * found.conf_low == pytest.approx(row["diff_ci_low_pp"], abs=0.5)
    assert 100 * found.conf_high == pytest.approx(row["diff_ci_high_pp"], abs=0.5)


@named(WITH_RATES)
def test_what_was_called_significant_is(row):
    assert row["significant"] == "yes"
    assert any(d.p_value <= 0.05 for d in possible(row))
    middle = possible(row)[len(possible(row)) // 2]
    assert middle.p_value <= 0.05
