"""Outcomes are opened only for the match that was sealed."""

from dataclasses import replace

import polars as pl
import pytest

from likeforlike.errors import SealBroken
from likeforlike.estimates import estimate_effects
from likeforlike.outcomes import open_outcomes
from support.matched_world import matched_world


def test_outcomes_open_for_a_sealed_match():
    matched, engine = matched_world()
    outcomes = open_outcomes(matched, engine)
    assert outcomes.seal == matched.seal
    assert outcomes.frame.height == matched.treated + matched.comparison


@pytest.mark.parametrize("column", ["weight", "treated"])
def test_a_match_that_was_touched_opens_nothing(column):
    matched, engine = matched_world()
    first = pl.int_range(pl.len()) == 0
    other = {"weight": pl.col("weight") + 1.0, "treated": ~pl.col("treated")}[column]
    touched = matched.frame.with_columns(pl.when(first).then(other).otherwise(column).alias(column))
    with pytest.raises(SealBroken):
        open_outcomes(replace(matched, frame=touched), engine)


def test_another_plan_is_another_seal():
    matched, engine = matched_world()
    with pytest.raises(SealBroken):
        open_outcomes(replace(matched, plan_sha256="0" * 64), engine)


def test_outcomes_of_one_match_do_not_serve_another():
    matched, engine = matched_world()
    outcomes = replace(open_outcomes(matched, engine), seal="0" * 64)
    with pytest.raises(SealBroken):
        estimate_effects(matched, outcomes)


def test_the_seal_does_not_depend_on_what_happened_afterwards():
    quiet, _ = matched_world()
    reoffending, _ = matched_world(reoffended=True)
    assert quiet.seal == reoffending.seal
    assert quiet.balance.equals(reoffending.balance)


def test_the_world_really_differs_in_outcomes():
    assert open_outcomes(*matched_world()).frame["reoffended"].sum() == 0
    assert open_outcomes(*matched_world(reoffended=True)).frame["reoffended"].all()
