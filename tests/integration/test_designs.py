"""Every way of comparing, from the list's people to estimates: kept and taken back, in any order of the list."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from likeforlike.errors import InputProblem, Refused
from likeforlike.estimates import estimate_effects
from likeforlike.estimates.beside import beside
from likeforlike.labs import load_lab
from likeforlike.matching import Matched, match
from likeforlike.outcomes import open_outcomes
from likeforlike.plan import Plan, Trial
from likeforlike.sub_groups import analyse_sub_groups, split
from likeforlike.vault.files import Vault
from support.regional_world import MEASURES, REGIONS, plan_with, regional_world
from support.samples import METHODS, changed

WORLD = regional_world()
SAMPLE = WORLD.sample()
LAB = load_lab("justice")
FORMS = {name: plan_with(matching=how) for name, how in METHODS.items()} | {
    "exact": plan_with(matching={"exact": ("sex",)}),
    "regional": plan_with(
        covariates=("sex", "age_at_index", "previous_sanctions", "region"), matching={"exact": ("region",)}
    ),
    "two exact": plan_with(
        covariates=("sex", "age_at_index", "region"),
        matching={"exact": ("sex", "region"), "method": "nearest", "replace": False},
    ),
    "interactions": plan_with(interactions=(("sex", "age_at_index"), ("age_at_index", "previous_sanctions"))),
    "callipers": plan_with(matching={"calipers": (0.05, 0.1, 0.3)}),
    "callipers of the nearest": plan_with(
        matching={"calipers": (0.05, 0.3), "method": "nearest", "ratio": 2}
    ),
    "places": plan_with(place="region"),
    "places that are covariates": plan_with(
        covariates=("sex", "previous_sanctions", "region"), place="region"
    ),
}


@pytest.fixture(scope="module")
def made() -> dict[str, Matched]:
    return {name: match(SAMPLE, plan) for name, plan in FORMS.items()}


def estimated(matched: Matched, plan: Plan) -> pl.DataFrame:
    outcomes = open_outcomes(matched, WORLD.engine)
    return estimate_effects(matched, outcomes, plan.measures, headline=plan.headline).frame


@pytest.mark.parametrize("form", FORMS)
def test_a_match_taken_back_from_the_vault_is_the_one_that_was_sealed(form, made, tmp_path):
    Vault(tmp_path).keep("matching", Matched, lambda: made[form], lab=LAB)
    kept = Vault(tmp_path).keep("matching", Matched, lambda: pytest.fail("made again"), lab=LAB)
    kept.check_seal()
    assert kept.seal == made[form].seal
    assert kept.frame.equals(made[form].frame)
    assert (kept.pairs is None) == (made[form].pairs is None)
    if kept.pairs is not None:
        assert kept.pairs.equals(made[form].pairs)
    if form in ("radius", "kernel", "nearest 1:3", "overlap", "interactions", "places"):
        assert estimated(kept, FORMS[form]).equals(estimated(made[form], FORMS[form]))


@pytest.mark.parametrize("form", FORMS)
def test_the_order_of_the_list_makes_no_difference(form, made):
    again = match(WORLD.sample(backwards=True), FORMS[form])
    assert again.seal == made[form].seal


@pytest.mark.parametrize("form", FORMS)
def test_both_groups_weigh_the_same(form, made):
    weight = {own: made[form].frame.filter(treated=own)["weight"].to_numpy() for own in (True, False)}
    assert weight[True].sum() == pytest.approx(weight[False].sum())
    assert min(w.min() for w in weight.values()) >= 0
    if FORMS[form].matching.method != "overlap":
        assert set(weight[True]) <= {0.0, 1.0}
        assert made[form].treated == pytest.approx(weight[True].sum())
    assert made[form].flow.remaining == made[form].treated


@pytest.mark.parametrize("form", [name for name, plan in FORMS.items() if plan.matching.method == "nearest"])
def test_pairs_are_those_with_weight(form, made):
    pairs, matched, matching = made[form].pairs, made[form], FORMS[form].matching
    used = matched.frame.filter(pl.col("weight") > 0)
    assert set(pairs["participant"]) == set(used.filter("treated")["event_id"])
    assert set(pairs["other"]) == set(used.filter(~pl.col("treated"))["event_id"])
    if not matching.replace:
        assert pairs["participant"].value_counts()["count"].max() <= matching.ratio
        assert pairs["other"].is_unique().all()


@pytest.mark.parametrize("form", ["exact", "regional", "two exact"])
def test_strata_are_out_of_each_others_reach(form, made):
    frame, exact = made[form].frame, FORMS[form].matching.exact
    shares = frame.group_by(*exact).agg(
        own=pl.col("weight").filter("treated").sum(), others=pl.col("weight").filter(~pl.col("treated")).sum()
    )
    assert shares["own"].to_numpy() == pytest.approx(shares["others"].to_numpy())


def test_knots_in_place_of_powers():
    covariates = tuple(
        c.model_copy(update={"knots": 4 * (c.name == "age_at_index")}) for c in LAB.covariates.covariate
    )
    lab = LAB.model_copy(update={"covariates": LAB.covariates.model_copy(update={"covariate": covariates})})
    matched = match(WORLD.sample(lab=lab), WORLD.plan)
    assert matched.score_residual < 1e-6
    assert matched.seal != match(SAMPLE, WORLD.plan).seal


def test_claims_are_adjusted_for_how_many_headlines_there_are(made):
    found = estimated(made["radius"], FORMS["radius"])
    p_value = dict(found.select("term", "p_value").rows())
    adjusted = dict(found.select("term", "p_adjusted").rows())
    assert adjusted["days_to_first"] is None
    smaller, larger = sorted(("reoffended", "reoffences"), key=p_value.get)
    assert adjusted[smaller] == pytest.approx(min(2 * p_value[smaller], 1))
    assert adjusted[larger] == pytest.approx(max(p_value[larger], adjusted[smaller]))
    outcomes = open_outcomes(made["radius"], WORLD.engine)
    assert estimate_effects(made["radius"], outcomes, MEASURES).frame["p_adjusted"].null_count() == len(
        MEASURES
    )


def test_what_could_be_told_from_chance_is_said_before_any_outcome(made):
    matched = made["radius"]
    assert matched.detectable(0.5) == pytest.approx(
        2.8016 * np.sqrt(0.25 * (1 / matched.treated + 1 / matched.effective_comparison)), rel=1e-4
    )
    low, high = (round(100 * matched.detectable(rate)) for rate in (0.2, 0.5))
    assert f"about {low} to {high} points could be told from chance" in matched.summary()
    assert made["overlap"].detectable(0.5) > 0
    assert "told from chance" not in made["places"].summary()


@pytest.mark.parametrize(
    ("form", "method"),
    [
        ("nearest 1:3", "abadie_imbens"),
        ("odds", "estimated_score"),
        ("overlap", "estimated_score"),
        ("radius", "risk_ratio"),
    ],
)
def test_statistics_that_go_with_one_way_of_matching(form, method, made):
    found = beside(made[form], open_outcomes(made[form], WORLD.engine), MEASURES).frame
    primary = estimated(made[form], FORMS[form]).row(by_predicate=pl.col("term") == "reoffended", named=True)
    (row,) = found.filter(term="reoffended", method=method).to_dicts()
    assert row["conf_low"] < row["estimate"] < row["conf_high"]
    none = 1.0 if row["scale"] == "ratio" else 0.0
    assert (row["p_value"] <= 0.05) == (not row["conf_low"] <= none <= row["conf_high"])
    if row["scale"] == "ratio":
        assert row["estimate"] == pytest.approx(primary["mean_treated"] / _plain_mean(made[form]), rel=0.02)


@pytest.mark.parametrize("form", ["radius", "places"])
def test_the_wild_bootstrap_is_there_for_who_asks(form, made):
    outcomes = open_outcomes(made[form], WORLD.engine)
    asked, unasked = (
        beside(made[form], outcomes, MEASURES, bootstrap=n).frame.filter(method="wild_bootstrap")
        for n in (999, 0)
    )
    assert unasked.is_empty()
    (row,) = asked.filter(term="reoffended").to_dicts()
    primary = estimated(made[form], FORMS[form]).row(by_predicate=pl.col("term") == "reoffended", named=True)
    assert row["estimate"] == primary["estimate"]
    assert row["std_error"] == pytest.approx(primary["std_error"], rel=0.2)
    assert row["p_value"] * 1000 == pytest.approx(round(row["p_value"] * 1000))


def _plain_mean(matched: Matched) -> float:
    """The weighted comparison group's rate, nothing corrected."""
    outcomes = open_outcomes(matched, WORLD.engine).frame
    others = matched.frame.filter(~pl.col("treated")).join(outcomes, on="event_id")
    return float(np.average(others["reoffended"].cast(float), weights=others["weight"]))


def test_people_of_one_place_count_as_one_cluster(made):
    plain, by_place = (estimated(made[form], FORMS[form]) for form in ("radius", "places"))
    assert by_place["estimate"][0] == pytest.approx(plain["estimate"][0])
    assert by_place["std_error"][0] != pytest.approx(plain["std_error"][0])
    assert "region" in made["places"].frame.columns
    assert "region" not in set(made["places"].balance["covariate"])
    assert beside(made["places"], open_outcomes(made["places"], WORLD.engine), MEASURES).frame.height


@pytest.mark.parametrize("covariates", [("sex", "age_at_index"), ("age_at_index", "region")])
@pytest.mark.parametrize("regions", [1, 2])
def test_few_places_took_part(regions, covariates):
    """So few clusters have no error to speak of: the estimate stands without an interval."""
    world = regional_world(regions=regions)
    plan = plan_with(covariates=covariates, place="region")
    matched = match(world.sample(), plan)
    found = estimate_effects(matched, open_outcomes(matched, world.engine), ("reoffended",)).frame.row(
        0, named=True
    )
    assert np.isfinite(found["estimate"])
    assert np.isnan(found["p_value"])


def test_people_whose_place_is_not_known_are_together():
    unknown = pl.when(pl.int_range(pl.len()) % 5 == 0).then(None).otherwise("region")
    matched = match(changed(SAMPLE, region=unknown), FORMS["places"])
    assert set(matched.frame["region"]) == {*REGIONS, "unknown"}
    found = estimate_effects(matched, open_outcomes(matched, WORLD.engine), ("reoffended",)).frame
    assert found["std_error"].is_finite().all()


OFFERED = Trial(column="reference", treated="offered", comparison="not offered")


def test_two_arms_are_compared_as_they_are():
    sample = WORLD.sample(OFFERED)
    plan = plan_with(trial=OFFERED)
    matched = match(sample, plan)
    assert (matched.treated, matched.comparison) == (30, 30)
    assert sample.flow.steps[-1].lost == 60
    assert sample.summary().startswith("30 participants can be followed, beside a pool of 30 others")
    found = estimated(matched, plan)
    assert found["mean_treated"].is_finite().all()
    assert match(WORLD.sample(OFFERED, backwards=True), plan).seal == matched.seal
    others = beside(matched, open_outcomes(matched, WORLD.engine), MEASURES).frame
    (aipw,) = others.filter(term="reoffended", method="aipw").to_dicts()
    primary = found.row(by_predicate=pl.col("term") == "reoffended", named=True)
    assert aipw["std_error"] < 1.2 * primary["std_error"]


@pytest.mark.parametrize("arms", [("offerd", "not offered"), ("offered", "OFFERED")])
def test_an_arm_that_nobody_on_the_list_is_in_is_the_analysts_to_mend(arms):
    trial = Trial(column="reference", treated=arms[0], comparison=arms[1])
    with pytest.raises(InputProblem, match="Nobody on the list has") as problem:
        WORLD.sample(trial)
    assert "Your reference" in str(problem.value)
    assert "Leeds" not in str(problem.value)


def test_an_arm_of_which_nobody_can_be_followed_is_refused():
    sample = WORLD.sample(OFFERED)
    with pytest.raises(Refused) as refusal:
        match(changed(sample, sample.frame.filter("treated")), plan_with(trial=OFFERED))
    assert "arm" in refusal.value.detail


def sub_groups(*conditions: str, **changes: object) -> Plan:
    groups = [{"name": f"g{i}", "label": f"Group {i}", "where": where} for i, where in enumerate(conditions)]
    plan = plan_with(**changes)
    return plan.changed({"sub_groups": groups}, LAB)


def test_sub_groups_beside_the_rest():
    plan = sub_groups(
        "sex = 'male'",
        "reference = 'Leeds'",
        "reference = 'nowhere'",
        "age_at_index > 0",
        "previous_sanctions > 1",
    )
    found = analyse_sub_groups(SAMPLE, WORLD.engine, plan).frame
    status = {(r["sub_group"], r["part"]): r["status"] for r in found.to_dicts()}
    assert status["g0", "inside"] == status["g0", "rest"] == "estimated"
    assert status["g1", "inside"] == status["g1", "rest"] == "estimated", "thirty of them, and the others"
    assert {status[g, part] for g in ("g2", "g3") for part in ("inside", "rest")} == {"too_few"}
    told = found.filter(status="estimated")
    assert told["p_adjusted"].null_count() == 0
    assert (told["p_adjusted"] >= told["p_value"] - 1e-12).all()
    assert found.height == len(plan.sub_groups) * 2 * len(plan.headline)


def test_sub_groups_of_which_none_can_be_shown_have_the_same_columns():
    some = analyse_sub_groups(SAMPLE, WORLD.engine, sub_groups("sex = 'male'")).frame
    none = analyse_sub_groups(SAMPLE, WORLD.engine, sub_groups("reference = 'nowhere'"))
    assert none.frame.schema == some.schema
    assert none.summary()
    no_groups = analyse_sub_groups(SAMPLE, WORLD.engine, plan_with())
    assert no_groups.frame.schema == some.schema
    assert no_groups.frame.is_empty()


def test_whoever_a_condition_says_nothing_of_is_in_neither_part():
    (group,) = sub_groups("reference = 'offered'").sub_groups
    parts = split(SAMPLE, group)
    assert [part.participants for part in parts.values()] == [30, 60]
    pool = SAMPLE.frame.height - SAMPLE.participants
    assert all(part.frame.height - part.participants == pool for part in parts.values())


def test_a_condition_cuts_both_arms_of_a_trial():
    sample = WORLD.sample(OFFERED)
    (group,) = sub_groups("reference = 'offered'").sub_groups
    inside, rest = split(sample, group).values()
    assert inside.frame["treated"].all()
    assert not rest.frame["treated"].any()


def test_a_column_of_the_list_that_is_a_covariate_too_is_the_covariate():
    twice = replace(SAMPLE, listed=SAMPLE.listed.with_columns(region=pl.lit("Moon")))
    (group,) = sub_groups("region = 'London'").sub_groups
    assert split(twice, group)["inside"].participants == split(SAMPLE, group)["inside"].participants > 0


def test_two_years_of_follow_up():
    """Whoever cannot be followed for two years and half a year more is too recent; outcomes count two years."""
    plan = plan_with(months=24)
    lab = plan.on(LAB)
    sample, shorter = WORLD.sample(lab=lab), SAMPLE
    assert sample.frame.height == shorter.frame.height
    matched = match(sample, plan)
    assert matched.seal == match(shorter, plan).seal
    two, one = (open_outcomes(replace(matched, lab=of), WORLD.engine).frame for of in (lab, LAB))
    assert two["reoffended"].sum() > one["reoffended"].sum()
    found = estimate_effects(matched, open_outcomes(matched, WORLD.engine), MEASURES)
    assert "within two years" in found.summary()
    late = plan_with(months=36).on(LAB)
    with pytest.raises(Refused):
        match(WORLD.sample(lab=late), plan_with(months=36))
