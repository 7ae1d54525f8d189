"""Samples that go wrong in every way: a match with a result, or one coarse refusal whose detail is for the vault."""

import numpy as np
import polars as pl
import pytest

from likeforlike.checks import run_checks
from likeforlike.errors import Refused
from likeforlike.estimates import estimate_effects
from likeforlike.estimates.beside import beside
from likeforlike.matching import Matched, match
from likeforlike.outcomes import open_outcomes
from likeforlike.plan import Plan
from support.checked_world import finished_study
from support.samples import METHODS, changed, with_matching

STUDY = finished_study()
TREATED = pl.col("treated")
SOME = pl.int_range(pl.len()) % 9 == 0
AGE = pl.col("age_at_index").cast(pl.Float64)
NOTHING = {
    "all constant": {"previous_sanctions": pl.lit(2), "age_at_index": pl.lit(30.0), "sex": pl.lit("male")},
    "all missing": {
        "previous_sanctions": pl.lit(None, pl.Int64),
        "age_at_index": pl.lit(None, pl.Float64),
        "sex": pl.lit(None, pl.String),
    },
}
ODD = NOTHING | {
    "constant": {"previous_sanctions": pl.lit(2)},
    "collinear": {"previous_sanctions": AGE * 2},
    "a level that only participants have": {
        "sex": pl.when(TREATED & SOME).then(pl.lit("?")).otherwise("sex")
    },
    "a level that only the pool has": {"sex": pl.when(~TREATED & SOME).then(pl.lit("?")).otherwise("sex")},
    "missing among the pool": {"age_at_index": pl.when(~TREATED & SOME).then(None).otherwise(AGE)},
    "missing among participants": {"age_at_index": pl.when(TREATED & SOME).then(None).otherwise(AGE)},
    "missing among both": {"age_at_index": pl.when(SOME).then(None).otherwise(AGE)},
    "not a number": {"age_at_index": pl.when(SOME).then(float("nan")).otherwise(AGE)},
    "infinite": {"age_at_index": pl.when(SOME).then(float("-inf")).otherwise(AGE)},
}


def shown(matched: Matched, plan: Plan) -> pl.DataFrame:
    """What the later stages make of a match; none of them may fail."""
    outcomes = open_outcomes(matched, STUDY.engine)
    found = estimate_effects(matched, outcomes, plan.measures, headline=plan.measures[:2])
    assert found.summary()
    assert matched.summary()
    return found.frame


@pytest.mark.parametrize("what", ODD)
def test_an_odd_covariate_is_lived_with(what):
    for method in METHODS:
        matched = match(changed(STUDY.sample, **ODD[what]), with_matching(STUDY.plan, **METHODS[method]))
        own, others = (matched.frame.filter(side)["weight"].sum() for side in (TREATED, ~TREATED))
        assert own == pytest.approx(others)
        assert matched.treated >= 60
        assert matched.summary()
        if method == "radius":
            assert shown(matched, STUDY.plan)["estimate"].is_finite().all()


@pytest.mark.parametrize("what", NOTHING)
def test_with_nothing_to_tell_people_apart_everybody_is_compared(what):
    for method in METHODS:
        matched = match(changed(STUDY.sample, **NOTHING[what]), with_matching(STUDY.plan, **METHODS[method]))
        assert matched.treated == STUDY.sample.participants
        assert matched.notes


def test_checks_and_other_statistics_of_a_match_on_nothing():
    sample = changed(STUDY.sample, **NOTHING["all constant"])
    matched = match(sample, STUDY.plan)
    outcomes = open_outcomes(matched, STUDY.engine)
    found = estimate_effects(matched, outcomes, ("reoffended",))
    assert beside(matched, outcomes, ("reoffended",)).summary()
    few = {"measures": ("reoffended",), "headline": ("reoffended",), "checks": ("leave_one_out", "e_value")}
    plan = STUDY.plan.model_copy(update=few)
    assert run_checks(sample, matched, outcomes, found, plan, STUDY.engine).frame.height


@pytest.mark.parametrize("method", ["radius", "kernel", "nearest 1:3, none twice", "overlap"])
@pytest.mark.parametrize(("own", "others"), [(1, 200), (2, 200), (100, 1), (100, 2), (100, 60), (1, 1)])
def test_hardly_anybody_is_matched_or_refused(own, others, method):
    frame = STUDY.sample.frame
    some = pl.concat([frame.filter("treated").head(own), frame.filter(~TREATED).head(others)]).sort(
        "event_id"
    )
    plan = with_matching(STUDY.plan, **METHODS[method]).model_copy(
        update={"covariates": ("previous_sanctions",)}
    )
    try:
        matched = match(changed(STUDY.sample, some), plan)
    except Refused:
        return
    assert 1 <= matched.treated <= own
    found = shown(matched, plan)
    if own < 2 or others < 2:
        assert found["std_error"].is_nan().all()


@pytest.mark.parametrize(
    "kept", [TREATED, ~TREATED, pl.lit(value=False)], ids=["no pool", "no one", "nobody"]
)
@pytest.mark.parametrize("method", METHODS)
def test_a_side_that_is_empty_is_refused(kept, method):
    with pytest.raises(Refused) as refusal:
        match(
            changed(STUDY.sample, STUDY.sample.frame.filter(kept)),
            with_matching(STUDY.plan, **METHODS[method]),
        )
    assert refusal.value.exit_code == 3
    assert str(refusal.value) == STUDY.sample.lab.disclosure.refusal
    assert refusal.value.detail


def told_apart():
    """Only both numbers together give participants away, so nobody is outside what the groups share."""
    number = pl.col("previous_sanctions").cast(pl.Float64)
    return changed(STUDY.sample, age_at_index=pl.when(TREATED).then(number + 0.5).otherwise(number))


@pytest.mark.parametrize("method", METHODS)
def test_covariates_that_give_participants_away_are_refused_with_the_covariate_in_the_vault(method):
    with pytest.raises(Refused) as refusal:
        match(told_apart(), with_matching(STUDY.plan, **METHODS[method]))
    assert "age_at_index" in refusal.value.detail or "previous_sanctions" in refusal.value.detail
    assert "age" not in str(refusal.value)


@pytest.mark.parametrize("penalty", ["none", "firth", "ridge"])
def test_a_penalty_gives_a_result_that_says_so_where_a_product_gives_participants_away(penalty):
    """Of the women, only participants are in one region; of the men, both groups are in both."""
    own = pl.when(TREATED & (pl.int_range(pl.len()) % 2 == 0)).then(pl.lit("B")).otherwise(pl.lit("A"))
    men = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("A")).otherwise(pl.lit("B"))
    sample = changed(STUDY.sample, region=pl.when(pl.col("sex") == "female").then(own).otherwise(men))
    names = {"covariates": ("sex", "region", "age_at_index"), "interactions": (("sex", "region"),)}
    plan = with_matching(STUDY.plan, penalty=penalty).model_copy(update=names)
    if penalty == "none":
        with pytest.raises(Refused) as refusal:
            match(sample, plan)
        assert "region" in refusal.value.detail
        return
    matched = match(sample, plan)
    assert matched.penalty == penalty
    assert shown(matched, plan)["estimate"].is_finite().all()
    assert match(STUDY.sample, with_matching(STUDY.plan, penalty=penalty)).penalty == "none"


@pytest.mark.parametrize("method", ["radius", "kernel", "nearest 1:1", "nearest 1:3, none twice"])
def test_a_calliper_that_nobody_is_within_is_refused(method):
    noise = np.random.default_rng(2).normal(size=STUDY.sample.frame.height)
    apart = changed(STUDY.sample, age_at_index=pl.lit(pl.Series(noise)))
    for narrow in ({"caliper": 1e-12}, {"calipers": (1e-12, 1e-13)}):
        with pytest.raises(Refused, match="too few") as refusal:
            match(apart, with_matching(STUDY.plan, **METHODS[method] | narrow))
        assert "calliper" in refusal.value.detail


def test_a_mean_that_no_weights_reach_is_refused():
    """Participants have both things and the pool has one or the other, or neither: no weights give it both."""
    turn = pl.int_range(pl.len()) % 8
    corner = changed(
        STUDY.sample,
        previous_sanctions=pl.when(TREATED).then(turn != 0).otherwise(turn < 4).cast(pl.Float64),
        age_at_index=pl.when(TREATED).then(turn != 1).otherwise(turn >= 5).cast(pl.Float64),
    )
    with pytest.raises(Refused) as refusal:
        match(corner, with_matching(STUDY.plan, method="entropy", penalty="ridge"))
    assert "mean of" in refusal.value.detail


@pytest.mark.parametrize("method", ["radius", "kernel", "nearest 1:1", "overlap"])
def test_outcomes_that_are_the_same_for_all(method):
    matched = match(STUDY.sample, with_matching(STUDY.plan, **METHODS[method]))
    outcomes = open_outcomes(matched, STUDY.engine)
    names = ("reoffended", "reoffences")
    for happened in (True, False):
        alike = outcomes.frame.with_columns(reoffended=pl.lit(happened), reoffences=pl.lit(3 * happened))
        same = changed(outcomes, alike)
        row = estimate_effects(matched, same, names, headline=names).frame.row(0, named=True)
        assert row["estimate"] == 0
        assert np.isnan(row["p_value"])
        assert row["p_adjusted"] is None
        assert beside(matched, same, names).frame.height
