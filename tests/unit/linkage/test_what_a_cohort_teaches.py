"""Levels of agreement counted where an identifier is borne out, and a model that learns from them."""

import json
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from likeforlike.linkage.agreement import agreement
from likeforlike.linkage.learn import PRIOR_PAIRS, learnt_model
from support.links import candidate, candidates_of

LAB = SimpleNamespace(
    linkage=SimpleNamespace(
        identifier=("number",),
        comparison=tuple(SimpleNamespace(field=f) for f in ("forename", "surname", "number")),
    )
)
COUNTS = {"field": pl.String, "level": pl.Int64, "pairs": pl.Int64}


LINKS = {"participant": pl.Int64, "person_id": pl.String, "how": pl.String}


def found(*links):
    return pl.DataFrame(links, schema=LINKS, orient="row")


def counts(*rows):
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def comparison(field: str, *shares: float):
    levels = [
        {"m_probability": m, "u_probability": 0.1, "sql_condition": f"level {i}"}
        for i, m in enumerate(shares)
    ]
    return {
        "output_column_name": field,
        "comparison_levels": [{"is_null_level": True, "sql_condition": "null"}, *levels],
    }


def model(*comparisons):
    return {"comparisons": list(comparisons), "probability_two_random_records_match": 1e-4}


def shares(learnt, field="surname"):
    found = next(c for c in learnt["comparisons"] if c["output_column_name"] == field)
    return [v["m_probability"] for v in found["comparison_levels"] if "m_probability" in v]


def test_counts_by_hand(monkeypatch):
    scored = pl.DataFrame(
        {
            "participant": [0, 0, 0, 1, 2, 3],
            "record": [0, 1, 2, 3, 4, 5],
            "person_id": ["A", "A", "B", "C", "D", "E"],
            "gamma_forename": [2, 0, 2, 2, 1, 2],
            "gamma_surname": [3, -1, 3, 3, 3, 3],
            "gamma_number": [2, 2, 0, 2, 2, 2],
        }
    )
    candidates = candidates_of(
        candidate(0, "A", 9, named=True),
        candidate(0, "B", 3),
        candidate(1, "C", 9, named=True),
        candidate(2, "D", 9, named=True),
        candidate(3, "E", 9),
    )
    links = found((0, "A", "identifier"), (1, "C", "identifier"), (3, "E", "evidence"))
    # one of three identifiers is not linked to its owner: too many to be relied on, so the bound is lifted here
    monkeypatch.setattr("likeforlike.linkage.agreement.MOST_CONFLICTS", 0.5)
    assert agreement(LAB, scored, candidates, links).rows() == [
        ("forename", 0, 1),
        ("forename", 2, 2),
        ("surname", 3, 2),
    ]


def test_nobody_with_an_identifier_teaches_nothing():
    scored = pl.DataFrame(
        {"participant": [0], "record": [0], "person_id": ["A"], "gamma_forename": [1], "gamma_surname": [1]}
    )
    counted = agreement(LAB, scored, candidates_of(candidate(0, "A", 9)), found((0, "A", "evidence")))
    assert counted.is_empty()
    assert dict(counted.schema) == COUNTS


@pytest.mark.parametrize(("wrong", "teaches"), [(0, True), (2, True), (3, False), (20, False)])
def test_a_list_with_too_many_wrong_identifiers_teaches_nothing(wrong, teaches):
    """Of twenty identifiers so many belong to somebody to whom their participant is not linked."""
    rows = range(20)
    scored = pl.DataFrame(
        {
            "participant": rows,
            "record": rows,
            "person_id": [f"P{i}" for i in rows],
            "gamma_forename": [1] * 20,
            "gamma_surname": [1] * 20,
        }
    )
    candidates = candidates_of(*(candidate(i, f"P{i}", 9, named=True, contradicted=i < wrong) for i in rows))
    links = found(*((i, f"P{i}", "identifier") for i in rows if i >= wrong))
    counted = agreement(LAB, scored, candidates, links)
    assert counted["pairs"].to_list() == ([20 - wrong] * 2 if teaches else [])


def test_a_model_without_counts_stays_as_it_is():
    old = model(comparison("surname", 0.9, 0.06, 0.04), comparison("forename", 0.8, 0.2))
    assert learnt_model(old, counts()) == old
    assert learnt_model(old, counts(("other", 1, 500))) == old
    assert shares(learnt_model(old, counts(("surname", 2, 500))), "forename") == [0.8, 0.2]


def test_the_model_given_is_not_changed():
    old = model(comparison("surname", 0.9, 0.1))
    before = json.dumps(old)
    learnt_model(old, counts(("surname", 0, 900)))
    assert json.dumps(old) == before


def test_as_many_pairs_as_the_prior_meet_it_half_way():
    learnt = learnt_model(model(comparison("surname", 0.9, 0.06, 0.04)), counts(("surname", 2, PRIOR_PAIRS)))
    assert shares(learnt) == pytest.approx([0.95, 0.03, 0.02])


def test_levels_are_counted_from_unlike_up():
    learnt = learnt_model(model(comparison("surname", 0.5, 0.3, 0.2)), counts(("surname", 0, 10**9)))
    assert shares(learnt) == pytest.approx([0, 0, 1], abs=1e-5)


def test_counts_of_several_cohorts_add_up():
    old = model(comparison("surname", 0.5, 0.3, 0.2))
    apart = learnt_model(old, counts(("surname", 2, 100), ("surname", 0, 50), ("surname", 2, 150)))
    assert apart == learnt_model(old, counts(("surname", 2, 250), ("surname", 0, 50)))


def test_only_m_is_learnt():
    old = model(comparison("surname", 0.5, 0.5))
    learnt = learnt_model(old, counts(("surname", 1, 900)))
    levels = learnt["comparisons"][0]["comparison_levels"]
    assert [v.get("u_probability") for v in levels] == [None, 0.1, 0.1]
    assert levels[0] == {"is_null_level": True, "sql_condition": "null"}
    assert learnt["probability_two_random_records_match"] == 1e-4


def test_what_was_simulated_is_recovered():
    rng = np.random.default_rng(8)
    true = np.array([0.02, 0.03, 0.10, 0.85])
    drawn = rng.multinomial(20_000, true)
    learnt = learnt_model(
        model(comparison("surname", 0.6, 0.1, 0.1, 0.2)),
        counts(*(("surname", level, int(n)) for level, n in enumerate(drawn))),
    )
    assert shares(learnt) == pytest.approx(true[::-1].tolist(), abs=0.02)
    assert sum(shares(learnt)) == pytest.approx(1, abs=1e-5)
