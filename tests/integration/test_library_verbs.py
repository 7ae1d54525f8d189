"""The library's verbs one by one, each result with what analysts expect of it."""

import json

import polars as pl
import pytest

import likeforlike as lfl


@pytest.fixture(scope="module")
def results(twin):
    lab = lfl.load_lab("justice")
    cohort = lfl.read_cohort(twin.participants, lab)
    register = lfl.open_register(twin.register)
    links = lfl.link(cohort, register)
    sample = lfl.follow_up(links, register)
    matched = lfl.match(sample)
    return {
        "cohort": cohort,
        "register": register,
        "links": links,
        "sample": sample,
        "matched": matched,
        "estimates": lfl.estimate(matched, register),
    }


STAGES = ("cohort", "register", "links", "sample", "matched", "estimates")


@pytest.mark.parametrize("stage", STAGES)
def test_every_result_has_the_same_four_methods(results, stage):
    result = results[stage]
    assert len(result.summary()) > 20
    assert isinstance(result.to_frame(), pl.DataFrame)
    assert json.loads(json.dumps(result.to_dict(), default=str))
    assert result.plot().to_dict()["$schema"]


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_result_says_of_itself_names_nobody(results, cohort, stage):
    result = results[stage]
    said = result.summary() + json.dumps(result.to_dict(), default=str) + repr(result)
    surnames = cohort.people.filter(pl.col("surname").str.len_chars() > 6)["surname"].unique()
    assert not [s for s in surnames if s in said]
    assert not [i for i in cohort.people["pnc_id"].drop_nulls() if i in said]
    persons = results["links"].frame["person_id"]
    assert not [p for p in persons if p in said]


def test_the_problems_of_a_list_show_no_cell(results):
    problems = results["cohort"].problems
    said = repr(problems) + "".join(map(repr, problems))
    cells = problems.frame["value"].drop_nulls().unique()
    assert len(cells) > 0
    assert not [cell for cell in cells if len(cell) > 4 and cell in said]


def test_estimates_are_tidy(results):
    frame = results["estimates"].to_frame()
    assert frame.columns[:7] == ["term", "estimate", "std_error", "conf_low", "conf_high", "p_value", "n"]
    assert frame["term"].to_list() == [m.name for m in lfl.load_lab("justice").outcomes.measure]


def test_the_groups_and_their_difference_agree(results):
    for row in results["estimates"].to_frame().iter_rows(named=True):
        assert row["mean_treated"] - row["mean_comparison"] == pytest.approx(row["estimate"])


def test_matching_brings_the_groups_together(results):
    matched = results["matched"]
    assert matched.score_residual < 1e-6
    balance = matched.to_frame()
    assert balance["smd_after"].abs().mean() < balance["smd_before"].abs().mean() / 2
    weights = matched.frame.filter(~pl.col("treated"))["weight"].sum()
    assert weights == pytest.approx(matched.treated)


def test_nobody_is_in_both_groups(results):
    frame = results["sample"].frame
    assert frame["person_id"].n_unique() == frame.height
    linked = set(results["links"].frame["person_id"])
    assert not linked & set(frame.filter(~pl.col("treated"))["person_id"])
