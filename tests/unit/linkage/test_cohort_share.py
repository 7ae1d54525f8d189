"""The share of a cohort that is in the register, from its own evidence."""

import math

import numpy as np
import polars as pl
import pytest

from likeforlike.linkage.share import LEAST, MOST, PRIOR_PARTICIPANTS, cohort_share, prior_shift, with_share

EXPECTED = 0.85


def of(*weights: float) -> pl.DataFrame:
    """One candidate for each of so many participants."""
    return pl.DataFrame(
        {"participant": range(len(weights)), "person_id": [f"P{i}" for i in range(len(weights))]},
        schema_overrides={"participant": pl.Int64},
    ).with_columns(match_weight=pl.Series(weights, dtype=pl.Float64), match_probability=0.5)


def test_sure_candidates_are_counted_against_the_labs_expectation():
    share = cohort_share(of(*[60.0] * 300), 1_000, EXPECTED)
    assert share == pytest.approx(
        (300 + PRIOR_PARTICIPANTS * EXPECTED) / (1_000 + PRIOR_PARTICIPANTS), abs=1e-4
    )


def test_without_candidates_the_share_falls_with_the_length_of_the_list():
    few, many = (cohort_share(of(), n, EXPECTED) for n in (10, 100_000))
    assert few == pytest.approx(PRIOR_PARTICIPANTS * EXPECTED / (10 + PRIOR_PARTICIPANTS), abs=1e-5)
    assert many == LEAST
    assert cohort_share(of(*[90.0] * 100_000), 100_000, EXPECTED) == MOST


def test_an_empty_list_has_the_labs_share():
    assert cohort_share(of(), 0, EXPECTED) == EXPECTED


@pytest.mark.parametrize("true_share", [0.1, 0.3, 0.6, 0.9])
def test_a_simulated_share_is_recovered(true_share):
    """Weights as they come from a right model: the log odds of a mixture, relative to the lab's share."""
    rng = np.random.default_rng(4)
    size = 20_000
    here = rng.random(size) < true_share
    evidence = np.where(
        here, rng.normal(4, math.sqrt(8), size), rng.normal(-4, math.sqrt(8), size)
    ) / math.log(2)
    weights = evidence + math.log2(EXPECTED / (1 - EXPECTED))
    assert cohort_share(of(*weights), size, EXPECTED) == pytest.approx(true_share, abs=0.02)


def test_the_prior_moves_all_weights_alike():
    moved = with_share(of(3.0, -2.0), 0.5, EXPECTED)
    shift = prior_shift(0.5, EXPECTED)
    assert shift == pytest.approx(-math.log2(0.85 / 0.15), abs=1e-6)
    assert moved["match_weight"].to_list() == pytest.approx([3 + shift, -2 + shift])
    odds = [2 ** (3 + shift), 2 ** (-2 + shift)]
    assert moved["match_probability"].to_list() == pytest.approx([o / (1 + o) for o in odds], abs=1e-6)


def test_the_labs_own_share_moves_nothing():
    assert with_share(of(3.0), EXPECTED, EXPECTED)["match_weight"].to_list() == [3.0]


def test_all_candidates_of_a_participant_count_together():
    two = pl.DataFrame({"participant": [0, 0], "person_id": ["A", "B"], "match_weight": [60.0, 60.0]})
    assert cohort_share(two, 1, EXPECTED) == cohort_share(of(60.0), 1, EXPECTED)
    assert math.isfinite(cohort_share(of(1e6, -1e6), 2, EXPECTED))
