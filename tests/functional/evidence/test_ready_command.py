"""`likeforlike ready`: a list in, what to expect out; nothing about any person in what is written."""

import json

import pytest

from support.cohorts import FORENAMES, cohort_file, people, person
from support.command import files_of, likeforlike


def test_what_to_expect_of_a_list(capsys, tmp_path):
    file = cohort_file(tmp_path / "people.xlsx", people(240))
    said = likeforlike(capsys, "ready", file, "--lab", "justice", "--out", tmp_path / "one")
    assert said.code == 0, said.err
    assert "240 people, 0 problems to fix first" in said.out
    assert {"ready.html", "ready.json", "charts/smallest_effect.svg", "tables/measures.csv"} <= set(
        files_of(tmp_path / "one")
    )


def test_nobody_is_in_what_is_written(capsys, tmp_path):
    file = cohort_file(tmp_path / "people.csv", people(120))
    likeforlike(capsys, "ready", file, "--lab", "justice", "--out", tmp_path / "one")
    told = b"".join(files_of(tmp_path / "one").values()).decode()
    first = person(0)
    for secret in (*FORENAMES, first["surname"], first["pnc_id"], first["postcode"]):
        assert secret not in told


def test_a_list_with_mistakes_is_told_so_first(capsys, tmp_path):
    rows = [person(n, gender="?") if n < 3 else person(n) for n in range(100)]
    file = cohort_file(tmp_path / "people.csv", rows)
    said = likeforlike(capsys, "ready", file, "--lab", "justice", "--out", tmp_path / "r", "--json")
    told = json.loads(said.out)
    assert (said.code, told["verdict"], told["must_fix"]) == (0, "fix_first", 3)


def test_a_history_of_ones_own(capsys, tmp_path):
    file = cohort_file(tmp_path / "people.csv", people(100))
    flows = "".join(
        f"[[past_flow]]\nprogramme = 'P{i}'\nsubmitted = 1000\nanalysed = 900\nsource = 's'\n"
        for i in range(4)
    )
    history = tmp_path / "history.toml"
    history.write_text(flows, encoding="utf-8")
    said = likeforlike(
        capsys, "ready", file, "--lab", "justice", "--history", history, "--out", tmp_path / "r", "--json"
    )
    assert json.loads(said.out)["analysed"]["people"][1] == 90


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.csv", "--lab", "justice"], "nowhere.csv"),
        (["people.csv", "--lab", "nowhere"], "There is no lab 'nowhere'"),
        (["people.csv", "--lab", "justice", "--history", "none.toml"], "There is no file none.toml"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(capsys, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    cohort_file(tmp_path / "people.csv", people(100))
    said = likeforlike(capsys, "ready", *arguments, "--out", tmp_path / "r")
    assert (said.code, says in said.sentence) == (2, True), said.err
    assert not (tmp_path / "r").exists()
