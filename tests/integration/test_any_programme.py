"""Programmes for one kind of people only: the pool is cut to what the participants are, and the match stands."""

from dataclasses import replace

import polars as pl
import pytest

import likeforlike as lfl
from likeforlike.errors import Refused
from likeforlike.matching.score import NotConverged

KINDS = {
    "people with previous convictions": pl.col("no_previous").not_(),
    "first-timers": pl.col("no_previous"),
    "nobody with custody before": pl.col("previous_custody") == 0,
    "nobody with serious offences before": pl.col("previous_serious_offences") == 0,
    "one offence each": pl.col("index_offences") == 1,
    "under 25": pl.col("age_at_index") < 25,
    "women": pl.col("sex") == "female",
    "one quarter": pl.col("index_quarter") == "2022 Q1",
    "men with more than two priors": (pl.col("sex") == "male") & (pl.col("previous_sanctions") > 2),
    "custody": pl.col("index_kind").str.starts_with("custody"),
}


@pytest.fixture(scope="module")
def sample(cohort, register):
    return lfl.follow_up(lfl.link(cohort, register), register)


def only(sample, condition: pl.Expr):
    """The sample as if the list had held only these participants; the others are in nobody's pool."""
    frame = sample.frame.filter(~pl.col("treated") | condition)
    return replace(sample, frame=frame, flow=sample.flow.then("only", "Only some", frame["treated"].sum()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_programme_for_one_kind_of_people_is_matched(sample, register, kind):
    some = only(sample, KINDS[kind])
    given = some.frame["treated"].sum()
    assert given >= 15, "the twin should hold some of every kind"
    # a pool this small has too few women of one quarter and kind of sentence for the lab's strata
    plan = lfl.Plan.of_lab(some.lab).changed({"matching": {"exact": []}}, some.lab)
    matched = lfl.match(some, plan)
    assert matched.treated >= 0.25 * given
    assert matched.score_residual < 1e-6
    assert matched.balance["smd_after"].is_finite().any()
    assert lfl.estimate(matched, register).to_frame().height == len(matched.lab.outcomes.measure)


def test_a_covariate_that_gives_participants_away_is_refused_and_only_the_vault_learns_which(sample):
    age, noise = pl.col("age_at_index"), pl.col("previous_sanctions") % 2
    odd = pl.when("treated").then(age.floor() + 0.25 * noise).otherwise(age.floor() + 0.5 + 0.25 * noise)
    with pytest.raises(Refused) as refusal:
        lfl.match(replace(sample, frame=sample.frame.with_columns(age_at_index=age % 3, copas_rate=odd % 1)))
    assert str(refusal.value) == sample.lab.disclosure.refusal
    assert "copas" not in str(refusal.value)
    assert refusal.value.detail


def test_nobody_who_can_be_compared_is_refused(sample):
    with pytest.raises(Refused):
        lfl.match(only(sample, pl.lit(value=False)))
    alone = sample.frame.with_columns(region=pl.when("treated").then(pl.lit("Moon")).otherwise("region"))
    with pytest.raises(Refused):
        lfl.match(replace(sample, frame=alone))


def test_a_score_without_a_maximum_is_noticed():
    import numpy as np

    from likeforlike.matching.design import Design
    from likeforlike.matching.score import fit_score

    x = np.column_stack([np.ones(40), np.arange(40) < 20])
    with pytest.raises(NotConverged, match="'told'"):
        fit_score(Design.of(x.astype(float), ("intercept", "told")), np.arange(40) < 20)
