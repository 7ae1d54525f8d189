"""Offending before the index date as the justice lab counts it, and what is wrong with a lab's controls."""

import shutil
from datetime import date, timedelta

import polars as pl
import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs import load_lab
from likeforlike.labs.read import HERE
from support.justice_world import World

LAB = load_lab("justice")
INDEX = date(2021, 3, 1)


def offences(*lives):
    """Offences before the index date, each as (committed before, proven before, breach)."""
    world = World()
    world.person("a")
    event = world.sentenced("a", INDEX, offence_date=INDEX - timedelta(90))
    for committed, proven, breach in lives:
        world.sentenced(
            "a", INDEX - timedelta(proven), offence_date=INDEX - timedelta(committed), breach=breach
        )
    chosen = pl.DataFrame({"event_id": [event], "person_id": ["a"], "index_date": [INDEX]})
    (found,) = world.engine().query(LAB.sql.negative_controls, {"months": 12}, chosen=chosen).to_dicts()
    assert found["offended"] == (found["offences"] > 0)
    return found["offences"]


@pytest.mark.parametrize(
    ("lives", "counted"),
    [
        ([], 0),
        ([(100, 50, False)], 1),
        ([(100, 50, False), (200, 60, False)], 2),
        ([(100, 50, True)], 0),
        ([(366, 50, False)], 0),
        ([(364, 50, False)], 1),
        ([(100, -50, False)], 0),
    ],
    ids=["the index offence", "one", "two", "a breach", "too early", "just in time", "proven later"],
)
def test_what_counts(lives, counted):
    assert offences(*lives) == counted


def test_controls_become_measures_over_every_covariate():
    controls = LAB.negative_controls.negative_control
    assert [(c.measure.kind, c.measure.column, c.without) for c in controls] == [
        ("rate", "offended", ()),
        ("frequency", "offences", ()),
    ]


def folder(tmp_path, text):
    copy = shutil.copytree(HERE / "justice", tmp_path / "lab")
    (copy / "negative_controls.toml").write_text(text)
    return copy


ONE = """[[negative_control]]
name = "x"
label = "x"
statistical_label = "X"
kind = "rate"
column = "x"
unit = "points"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE + ONE, "declared twice"),
        (ONE + 'without = ["age"]', "names 'age'"),
        (ONE.replace("rate", "time"), "negative_controls.toml"),
    ],
)
def test_a_mistake_names_the_file(tmp_path, text, said):
    with pytest.raises(LabProblem, match=said) as problem:
        load_lab(folder(tmp_path, text))
    assert "negative_controls.toml" in str(problem.value)


def test_controls_need_their_query_and_a_lab_needs_no_controls(tmp_path):
    copy = folder(tmp_path, ONE)
    (copy / "sql" / "negative_controls.sql").unlink()
    with pytest.raises(LabProblem, match=r"negative_controls\.sql"):
        load_lab(copy)
    (copy / "negative_controls.toml").unlink()
    assert load_lab(copy).negative_controls.negative_control == ()
