"""Why two records are thought alike: steps that add up, and words that say the strongest first."""

import math
import re

import polars as pl
import pytest

from likeforlike.labs.definition import Comparison, Linkage, LinkField
from likeforlike.linkage import link
from likeforlike.linkage.candidates import find_candidates
from likeforlike.linkage.explain import MISSING, PRIOR, RARITY, in_words, waterfall
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.linkage.score import score_pairs
from likeforlike.records import build_register
from support.cohorts import any_size_lab, read_rows
from support.small_records import listed, small_records

LAB = any_size_lab()
RECORDS = small_records(300, seed=9)
PAIR = ["participant", "record"]


def explained(lab, home, rows):
    register = build_register(lab, RECORDS.write(home / "tables"), home / "register")
    cohort = read_rows(home / "list.csv", rows, lab)
    names = register.query(cohort_names_sql(lab), people=cohort.people)
    found = find_candidates(lab, names, register)
    return register, score_pairs(lab, names, found, register), waterfall(lab, names, found.pairs, register)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    rows = listed(RECORDS, 80)
    rows[0] |= {"postcode": "", "prison_id": ""}
    rows[1] |= {"forename": rows[1]["surname"], "surname": rows[1]["forename"]}
    return explained(LAB, tmp_path_factory.mktemp("why"), rows)


def test_steps_add_up_to_the_match_weight_for_every_pair(world):
    _, scored, steps = world
    total = steps.group_by(PAIR).agg(pl.col("weight").sum())
    both = scored.join(total, on=PAIR, how="full", coalesce=True)
    assert both.height == scored.height > 80
    assert (both["match_weight"] - both["weight"]).abs().max() < 1e-9


def test_the_first_step_is_the_prior_of_the_lab_for_every_pair(world):
    register, _, steps = world
    prior = register.linkage_model["probability_two_random_records_match"] * LAB.linkage.expected_share
    first = steps.filter(pl.col("step") == 0)
    assert first["level"].unique().to_list() == [PRIOR]
    assert (first["weight"] - math.log2(prior / (1 - prior))).abs().max() < 1e-5


def test_each_comparison_is_a_step_and_rarity_another(world):
    _, _, steps = world
    fields = [c.field for c in LAB.linkage.comparison]
    for _, own in steps.group_by(PAIR):
        said = own.sort("step")
        assert said.filter((pl.col("step") > 0) & (pl.col("level") != RARITY))["field"].to_list() == fields
        assert set(said.filter(pl.col("level") == RARITY)["field"]) <= {"forename", "surname"}
    assert steps["level"].null_count() == steps["weight"].null_count() == 0


def test_what_is_not_given_weighs_nothing(world):
    _, _, steps = world
    missing = steps.filter((pl.col("participant") == 0) & (pl.col("level") == MISSING))
    assert {"postcode", "prison_id"} <= set(missing["field"])
    assert steps.filter(pl.col("level") == MISSING)["weight"].unique().to_list() == [0]


def test_agreement_weighs_for_and_disagreement_against(world):
    _, scored, steps = world
    for comparison in LAB.linkage.comparison:
        gamma = pl.col(f"gamma_{comparison.field}")
        own = steps.filter((pl.col("field") == comparison.field) & (pl.col("level") != RARITY))
        both = own.join(scored.select(*PAIR, level=gamma, most=gamma.max()), on=PAIR, suffix="_of")
        assert both.filter(pl.col("level_of") == pl.col("most"))["weight"].min() > 0
        assert (both.filter(pl.col("level_of") == 0)["weight"] < 0).all()


def test_words_begin_with_the_strongest(world):
    _, _, steps = world
    told = in_words(steps)
    assert told.height == steps.select(PAIR).unique().height
    for sentence in told["why"]:
        weights = [float(w) for w in re.findall(r"[+−](\d+(?:\.\d+)?)(?:;|$)", sentence)]
        assert len(weights) == len(sentence.split("; "))
        assert weights == sorted(weights, reverse=True)


def test_words_have_signs_and_leave_out_what_weighs_nothing():
    steps = pl.DataFrame(
        [
            (0, 7, 0, "", PRIOR, -9.0),
            (0, 7, 1, "forename", "one letter apart", 3.04),
            (0, 7, 2, "forename", RARITY, 1.26),
            (0, 7, 3, "date_of_birth", "unlike", -5.5),
            (0, 7, 5, "sex", MISSING, 0.0),
        ],
        schema=[*PAIR, "step", "field", "level", "weight"],
        orient="row",
    )
    assert in_words(steps).rows() == [
        (
            0,
            7,
            "date of birth: unlike −5.5; forename: one letter apart +3.0; forename: rarity of the value +1.3",
        )
    ]


def test_words_hold_nobodys_details(world):
    _, _, steps = world
    said = " ".join(in_words(steps)["why"]).upper()
    surnames = {r["surname"].upper() for r in listed(RECORDS, 80)}
    assert not {s for s in surnames if re.search(rf"\b{re.escape(s)}\b", said)}


def test_a_lab_without_names_or_identifiers(tmp_path):
    linkage = Linkage(
        table="people",
        person="person_id",
        field=(
            LinkField(name="born", cohort="date_of_birth", records="date_of_birth", kind="date"),
            LinkField(name="sex", cohort="gender", records="sex", kind="code"),
        ),
        comparison=(Comparison(field="born", method="date"), Comparison(field="sex", method="exact")),
        blocking=(("born",),),
        training_blocking=(),
        identifier=(),
        identifier_checks=(),
        threshold=0.5,
    )
    lab = LAB.model_copy(update={"linkage": linkage})
    register, scored, steps = explained(lab, tmp_path, listed(RECORDS, 30))
    total = steps.group_by(PAIR).agg(pl.col("weight").sum()).join(scored, on=PAIR)
    assert (total["weight"] - total["match_weight"]).abs().max() < 1e-9
    assert in_words(steps)["why"].str.contains(r"^born: the same \+\d+\.\d").all()
    links = link(read_rows(tmp_path / "again.csv", listed(RECORDS, 30), lab), register)
    assert links.agreement.is_empty()
