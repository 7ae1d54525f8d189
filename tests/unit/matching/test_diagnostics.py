"""A match looked at from every side: scores without the gaps between exact strata, parts, and what a vault keeps."""

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.matching import match
from likeforlike.matching.diagnostics import Diagnostics, diagnose
from likeforlike.plan import Plan, SubGroup
from likeforlike.terms import Flow
from likeforlike.vault.pack import pack, unpack
from support.samples import with_matching
from support.sides import sample_of

LAB = load_lab("justice")
PLAN = Plan.of_lab(LAB).changed(
    {"covariates": ("sex", "age_at_index", "previous_offences"), "matching": {"caliper": 0.1, "exact": ()}},
    LAB,
)
SAMPLE = sample_of(LAB, treated=150, pool=900)


def found(plan: Plan = PLAN, sample=SAMPLE) -> Diagnostics:
    return diagnose(sample, match(sample, plan), plan)


def test_every_side_in_words_tables_and_a_picture():
    told = found()
    lines = told.summary().splitlines()
    assert lines[0].startswith("Scores overlap by ")
    assert "people form the comparison" in lines[1]
    assert "match" in lines[2]
    assert lines[-1].startswith("Of ")
    assert {"overlap", "weights", "profile", "within", "beyond"} == set(told.to_dict())
    assert told.to_frame().columns[:3] == ["covariate", "label", "group"]
    assert told.plot().to_dict()["facet"]["row"]["field"] == "matching"
    assert not {"event_id", "person_id"} & {
        c for name in told.__slots__ for c in getattr(getattr(told, name), "columns", [])
    }


def test_a_vault_gives_it_back_as_it_was():
    told = found(PLAN.model_copy(update={"sub_groups": (WOMEN,)}))
    tables, rest = pack(told, without=frozenset())
    again = unpack(Diagnostics, tables, json.loads(json.dumps(rest)), {})
    assert again.summary() == told.summary()
    assert all(getattr(again, name).equals(table) for name, table in tables.items())


def test_scores_are_those_of_the_match():
    matched = match(SAMPLE, PLAN)
    told = diagnose(SAMPLE, matched, PLAN)
    own = matched.frame.filter("treated")
    assert told.scores["people_treated"].sum() == own["distance"].count()
    assert told.scores["people_matched"].sum() == matched.treated
    assert told.weight_figures["effective"] == pytest.approx(matched.effective_comparison)
    assert dict(told.people.select("side", "people").iter_rows())["lost"] == own.height - matched.treated


def test_exact_strata_do_not_stretch_the_scores():
    exact = with_matching(PLAN, exact=("sex",))
    strata = match(SAMPLE, exact).frame["distance"].drop_nulls()
    assert np.ptp(strata.to_numpy()) > 5
    ends = found(exact).scores["high"].drop_nulls()
    plain = found().scores["high"].drop_nulls()
    assert (ends.min(), ends.max()) == (plain.min(), plain.max())


WOMEN = SubGroup(name="women", label="Women", where="sex = 'female'")
LEEDS = SubGroup(name="leeds", label="Leeds", where="reference = 'Leeds'")


def test_parts_are_the_declared_sub_groups_of_covariates_and_exact_levels():
    plan = with_matching(PLAN, exact=("sex",)).model_copy(update={"sub_groups": (WOMEN, LEEDS)})
    told = found(plan)
    assert told.worst["subgroup"].to_list() == [
        "Sex: Men",
        "Sex: Women",
        "Women",
        "Women: everyone else",
    ]
    by = {r["subgroup"]: r for r in told.worst.iter_rows(named=True)}
    for key in ("treated", "matched", "worst_smd"):
        assert by["Women"][key] == by["Sex: Women"][key]
        assert by["Women: everyone else"][key] == by["Sex: Men"][key]
    assert set(told.within["subgroup"]) == set(by)
    women = SAMPLE.frame.filter(pl.col("treated") & (pl.col("sex") == "female")).height
    assert by["Women"]["treated"] == women


def test_arms_drawn_by_lot_have_no_scores():
    matched = match(SAMPLE, PLAN)
    units = matched.frame.with_columns(distance=pl.lit(0.0), weight=pl.lit(1.0))
    told = diagnose(SAMPLE, replace(matched, method="trial", frame=units), PLAN)
    assert told.scores.is_empty()
    assert told.score_figures["coefficient_before"] is None
    assert not told.summary().startswith("Scores")
    assert told.beyond.filter(kind="score").is_empty()


def test_who_is_lost_is_told():
    strange = SAMPLE.frame.with_columns(
        previous_offences=pl.when(pl.col("event_id") == "e0000").then(5000).otherwise("previous_offences")
    )
    told = found(PLAN, replace(SAMPLE, frame=strange, flow=Flow.start(150)))
    assert (
        "1 participants have no match; they differ most from the matched on Previous offences"
        in told.summary()
    )
