"""`likeforlike check`: every problem as file, row, column, value, sentence and remedy, in every form."""

import csv
import json
import os
import stat

import pytest

from support.cohorts import cohort_file, people
from support.command import likeforlike

CHANGES = {3: {"date_of_birth": "31/02/1990"}, 7: {"gender": "X"}, 9: {"gender": "X"}, 11: {"surname": ""}}


@pytest.fixture
def listed(tmp_path):
    rows = [row | CHANGES.get(i, {}) for i, row in enumerate(people(70))]
    return cohort_file(tmp_path / "people.csv", rows)


def test_json_holds_what_the_problems_file_holds(capsys, listed, tmp_path):
    said = likeforlike(
        capsys, "check", listed, "--lab", "justice", "--json", "--problems", tmp_path / "p.csv"
    )
    told = json.loads(said.out)
    assert (said.code, told["status"], told["exit_code"]) == (2, "problem", 2)
    assert told["message"] == "4 problems must be fixed first."
    in_json = {
        (p["file"], cell["row"], p["column"], cell["value"] or "", p["code"], p["message"], p["remedy"])
        for p in told["problems"]
        for cell in p["rows"]
    }
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("file", "row", "column", "value", "code", "message", "remedy")
    in_file = {tuple(int(r[n]) if n == "row" else r[n] for n in names) for r in rows}
    assert in_json == in_file
    assert ("people.csv", 5, "Date of birth", "31/02/1990") in {cell[:4] for cell in in_json}
    assert all(p["count"] == len(p["rows"]) for p in told["problems"])


def test_a_problem_of_the_whole_list_has_no_row(capsys, tmp_path):
    few = cohort_file(tmp_path / "few.csv", people(59))
    (problem,) = json.loads(likeforlike(capsys, "check", few, "--lab", "justice", "--json").out)["problems"]
    assert problem["rows"] == [{"row": None, "value": None}]
    assert problem["file"] == "few.csv"


def test_a_list_that_is_ready(capsys, tmp_path):
    good = cohort_file(tmp_path / "good.csv", people(70))
    said = likeforlike(capsys, "check", good, "--lab", "justice", "--json")
    told = json.loads(said.out)
    assert (said.code, told["ready"], told["problems"], "exit_code" in told) == (0, True, [], False)


@pytest.mark.parametrize("before", [False, True])
def test_the_problems_file_is_for_its_owner_only(capsys, listed, tmp_path, before):
    file = tmp_path / "p.csv"
    if before:
        file.write_text("old")
        file.chmod(0o644)
    umask = os.umask(0o022)
    try:
        likeforlike(capsys, "check", listed, "--lab", "justice", "--problems", file)
        likeforlike(capsys, "template", "justice", "--out", tmp_path / "t")
    finally:
        os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "t" / "template.csv").stat().st_mode) == 0o644


@pytest.mark.parametrize("gender", ["X", "Unknown", "not known"])
def test_a_cell_that_says_nothing_is_not_called_empty(capsys, tmp_path, gender):
    file = cohort_file(tmp_path / "a.csv", [*people(70), people(71)[70] | {"gender": gender}])
    said = likeforlike(capsys, "check", file, "--lab", "justice")
    assert (
        "Row 72: 'Gender' is needed and this cell says none of 'Male', 'Female'. "
        "Write one of 'Male', 'Female', or leave the person out of the list."
    ) in said.out
    (problem,) = json.loads(likeforlike(capsys, "check", file, "--lab", "justice", "--json").out)["problems"]
    assert problem["rows"] == [{"row": 72, "value": gender}]


@pytest.mark.parametrize(
    ("unsure", "words"),
    [
        (1, ("1 point on the list to confirm: see it with", "once the point above is confirmed")),
        (2, ("2 points on the list to confirm: see them with", "once the points above are confirmed")),
    ],
)
def test_one_point_or_several(capsys, twin, tmp_path, unsure, words):
    odd = [row | ({"postcode": "Leeds"} if i < unsure else {}) for i, row in enumerate(people(70))]
    file = cohort_file(tmp_path / "a.csv", odd)
    run = likeforlike(capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", file,
                      "--out", tmp_path / "out")  # fmt: skip
    assert words[0] in run.err
    assert words[1] in likeforlike(capsys, "check", file, "--lab", "justice").out
