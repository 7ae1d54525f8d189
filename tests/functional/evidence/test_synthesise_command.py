"""`likeforlike synthesise`: a folder or a table in, a page out; each kind of bad input one sentence."""

import json
from pathlib import Path

import pytest

from support.command import files_of, likeforlike
from support.libraries import library_of_releases, put, release_of, table_of

JDL = Path(__file__).parents[2] / "reference" / "data" / "jdl_results.csv"


def test_a_folder_of_releases(capsys, tmp_path):
    library = library_of_releases(tmp_path / "library")
    said = likeforlike(capsys, "synthesise", library, "--out", tmp_path / "one")
    assert said.code == 0, said.err
    assert "4 results on Proven reoffending rate within a year" in said.out
    again = likeforlike(capsys, "synthesise", library, "--out", tmp_path / "two")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert again.code == 0
    names = set(files_of(tmp_path / "one"))
    assert {"synthesis.html", "synthesis.json", "charts/forest.svg", "charts/cumulative.svg"} <= names
    assert {"tables/results.csv", "tables/heterogeneity.csv", "tables/leave_one_out.csv"} <= names


def test_published_results_as_json(capsys, tmp_path):
    said = likeforlike(capsys, "synthesise", JDL, "--better", "lower", "--out", tmp_path / "s", "--json")
    told = json.loads(said.out)
    assert (said.code, len(told["programmes"]), told["missing"]["silent_unclear"]) == (0, 6, 12)
    assert told["pooled"]["conf_low"] < told["pooled"]["estimate"] < told["pooled"]["conf_high"] < 0
    assert json.loads((tmp_path / "s" / "synthesis.json").read_text())["pooled"] == told["pooled"]


def test_results_none_of_which_settles_anything(capsys, tmp_path):
    lines = [f"P{i} {i},{-3 + i},{4 + i}" for i in range(3)]
    file = table_of(tmp_path, "programme,low,high", *lines)
    said = likeforlike(capsys, "synthesise", file, "--out", tmp_path / "s")
    assert said.code == 0
    page = (tmp_path / "s" / "synthesis.html").read_text()
    assert "it is not settled whether such programmes make a difference" in page
    assert "None of the results settles anything by itself." in page


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["programme,low,high", "A,1,2"], "There is only one result to put together, of 'A'"),
        (["programme,low,high", "A,,", "B,,"], "no row has a difference with its interval"),
        (["name", "A"], "results.csv has no column 'programme'"),
    ],
)
def test_what_cannot_be_put_together_is_said_and_nothing_is_written(capsys, tmp_path, lines, says):
    said = likeforlike(capsys, "synthesise", table_of(tmp_path, *lines), "--out", tmp_path / "s")
    assert (said.code, says in said.sentence) == (2, True), said.err
    assert not (tmp_path / "s").exists()


def test_one_release_only(capsys, tmp_path):
    put(release_of("Alone", -6.0, -10.0, -2.0, 400, "2021-03-31"), tmp_path / "library" / "a")
    said = likeforlike(capsys, "synthesise", tmp_path / "library", "--out", tmp_path / "s")
    assert (said.code, said.sentence) == (
        2,
        "There is only one result to put together, of 'Alone': read its own report, or add others.",
    )


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_no_library(capsys, tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    said = likeforlike(capsys, "synthesise", place, "--out", tmp_path / "s")
    assert said.code == 2
    assert "There is no" in said.sentence
