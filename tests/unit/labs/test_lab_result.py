"""A lab says what it is, as every result of a verb does."""

import json

import polars as pl
import pytest

from likeforlike.labs import installed_labs, load_lab


@pytest.mark.parametrize("name", installed_labs())
def test_every_lab_has_the_four_methods(name):
    lab = load_lab(name)
    assert lab.head.title in lab.summary()
    assert all(m.label in lab.summary() for m in lab.outcomes.over(lab.head.follow_up.months).measure)
    frame = lab.to_frame()
    assert frame.columns == ["name", "label", "kind", "headline", "better"]
    assert frame["name"].to_list() == [measure.name for measure in lab.outcomes.measure]
    assert json.loads(json.dumps(lab.to_dict()))["head"]["name"] == name
    chart = lab.plot().to_dict()
    (rows,) = chart["datasets"].values()
    assert sum(row["rows"] for row in rows) == len(lab.covariates.covariate)
    assert chart["title"] == "Covariates of the lab"


def test_what_a_lab_needs_in_words():
    said = load_lab("justice").summary()
    assert "A list holds 60 to 50,000 people; each needs First name, Surname, Date of birth, Gender." in said
    assert "compared on 18 covariates" in said
    assert "committed an offence within a year (headline)" in said


def test_a_lab_stays_a_frozen_model():
    lab = load_lab("justice")
    with pytest.raises(ValueError, match="frozen"):
        lab.sha256 = "0"
    assert isinstance(lab.to_frame(), pl.DataFrame)
    assert lab == load_lab("justice")
