"""Several services under one plan: one result for all, each member's own where that is safe."""

import json
import os
from pathlib import Path

import polars as pl
import pytest

from likeforlike.consortium import Consortium
from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort
from likeforlike.labs import load_lab
from likeforlike.plan import Plan
from likeforlike.read import read_consortium
from support.cohorts import cohort_file, people, person
from support.command import likeforlike

ASKED = """
lab = "justice"
register = "{register}"
plan = "plan.toml"

[programme]
name = "Mentoring together"

[[member]]
name = "Anchor House"
cohort = "anchor.csv"

[[member]]
name = "St Mary's"
cohort = "mary.csv"

[[member]]
name = "Tiny Steps"
cohort = "tiny.csv"
"""


@pytest.fixture
def asked(twin, tidy_list, tmp_path):
    rows = pl.read_csv(tidy_list, infer_schema=False).sample(fraction=1, shuffle=True, seed=3)
    rows[:150].write_csv(tmp_path / "anchor.csv")
    rows[120:250].write_csv(tmp_path / "mary.csv")
    rows[250:].write_csv(tmp_path / "tiny.csv")
    (tmp_path / "plan.toml").write_text("checks = []\nthresholds = []\nmeasures = ['reoffended']\n")
    (tmp_path / "consortium.toml").write_text(ASKED.format(register=twin.register))
    return tmp_path / "consortium.toml"


def test_all_get_one_result_and_each_what_is_safe(asked, capsys, tmp_path):
    said = likeforlike(capsys, "consortium", asked, "--out", tmp_path / "out", "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert [one["own_result"] for one in told["members"].values()][2] is False
    whole = json.loads((tmp_path / "out" / "release" / "results.json").read_text())
    assert whole["programme"]["provider"] == "Anchor House; St Mary's; Tiny Steps"
    assert [(part["name"], part["label"]) for part in whole["sub_analyses"]] == [
        ("member_1", "Anchor House"), ("member_2", "St Mary's"), ("member_3", "Tiny Steps"),
    ]  # fmt: skip
    assert whole["sub_analyses"][2]["status"] == "not_offered"
    flow = {row["key"]: row for row in whole["flow"]}
    assert flow["duplicate"]["lost"] == 30
    for number in (1, 2, 3):
        own = json.loads((tmp_path / "out" / "members" / str(number) / "results.json").read_text())
        assert [part["name"] for part in own["sub_analyses"]] == [f"member_{number}"]
        assert own["sub_analyses"][0] == whole["sub_analyses"][number - 1]
        assert own["measures"] == whole["measures"]
    entries = (Path(os.environ["LIKEFORLIKE_LEDGER"]) / "entries.jsonl").read_text().splitlines()
    assert {json.loads(line)["organisation"] for line in entries} == {whole["programme"]["provider"]}


def consortium(**changed):
    members = [{"name": name, "cohort": f"{name}.csv"} for name in ("A", "B")]
    return Consortium.model_validate({"lab": "justice", "register": "r", "member": members} | changed)


def test_a_member_who_is_nearly_all_of_the_others_is_left_out(tmp_path):
    lab = load_lab("justice")
    big = read_cohort(cohort_file(tmp_path / "big.csv", people(100)), lab)
    inside = read_cohort(cohort_file(tmp_path / "in.csv", [person(n) for n in range(95, 103)]), lab)
    with pytest.raises(InputProblem, match="Nearly everybody on the list of 'B'"):
        consortium().together([big, inside])
    apart = read_cohort(cohort_file(tmp_path / "apart.csv", [person(n) for n in range(100, 130)]), lab)
    both = consortium().together([big, apart])
    assert both.people["reference"].unique().sort().to_list() == ["A", "B"]
    alone = consortium(split_by="").together([big, apart])
    assert set(alone.people["reference"]) == {"Leeds", "York"}


def test_members_are_declared_as_sub_groups():
    lab = load_lab("justice")
    plan = consortium(member=[{"name": "O'Neill's", "cohort": "a"}, {"name": "B", "cohort": "b"}]).declared(
        Plan.of_lab(lab), lab
    )
    assert plan.sub_groups[0].where == "reference = 'O''Neill''s'"
    assert consortium(split_by="").declared(Plan.of_lab(lab), lab).sub_groups == ()
    with pytest.raises(
        InputProblem, match="'gender', which is no column of free text of the list: use reference"
    ):
        consortium(split_by="gender").declared(Plan.of_lab(lab), lab)
    with pytest.raises(InputProblem, match="The plan uses 'reference'"):
        consortium().declared(plan, lab)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("St Mary's", "anchor house", "two of 'member' have the same 'name'"),
        ('"Mentoring together"', '"M"\nprovider = "Us"', "leave it out"),
        ('name = "Tiny Steps"', 'name = ""', "must not be empty"),
        ("cohort = \"tiny.csv\"", "", "'member.*cohort' is missing"),
    ],
)  # fmt: skip
def test_what_a_consortium_must_say(tmp_path, old, new, sentence):
    path = tmp_path / "consortium.toml"
    path.write_text(ASKED.replace(old, new))
    with pytest.raises(InputProblem, match=sentence):
        read_consortium(path)
