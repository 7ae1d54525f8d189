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


MATCHED, ENGINE = matched_world()
OTHER = {
    pl.String: lambda c: pl.col(c) + "x",
    pl.Float64: lambda c: pl.col(c) + 1.0,
    pl.Int64: lambda c: pl.col(c) + 1,
    pl.Boolean: lambda c: ~pl.col(c),
    pl.Date: lambda c: pl.col(c).dt.offset_by("1d"),
}


def _next_level(column: str) -> pl.Expr:
    levels = MATCHED.frame.schema[column].categories
    return pl.col(column).replace_strict(levels, [*levels[1:], levels[0]], return_dtype=pl.Enum(levels))


def touched(column: str):
    """The match with one person's value changed."""
    kind = MATCHED.frame.schema[column]
    other = _next_level(column) if isinstance(kind, pl.Enum) else OTHER[kind](column)
    first = pl.int_range(pl.len()) == 0
    return replace(
        MATCHED, frame=MATCHED.frame.with_columns(pl.when(first).then(other).otherwise(column).alias(column))
    )


@pytest.mark.parametrize("column", MATCHED.frame.columns)
def test_a_match_that_was_touched_anywhere_opens_nothing(column):
    with pytest.raises(SealBroken):
        open_outcomes(touched(column), ENGINE)


@pytest.mark.parametrize("column", ["weight", "treated", "distance"])
def test_a_match_that_was_touched_after_outcomes_were_opened_estimates_nothing(column):
    with pytest.raises(SealBroken):
        estimate_effects(touched(column), open_outcomes(MATCHED, ENGINE))


def test_another_calliper_is_another_seal():
    with pytest.raises(SealBroken):
        open_outcomes(replace(MATCHED, caliper=MATCHED.caliper * 2), ENGINE)


def test_a_seal_survives_being_kept(tmp_path):
    MATCHED.frame.write_parquet(tmp_path / "frame.parquet")
    replace(MATCHED, frame=pl.read_parquet(tmp_path / "frame.parquet")).check_seal()


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
