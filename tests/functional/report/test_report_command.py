"""`likeforlike report`: a finished release in every format, and the example that comes with a lab."""

import json

import pytest

from likeforlike.report.example import example_release
from likeforlike.report.read import example, examples
from likeforlike.report.results import SCHEMA_VERSION
from support.command import files_of, likeforlike


def test_a_release_is_written_again_byte_for_byte(capsys, tmp_path):
    first = likeforlike(capsys, "report", "--example", "justice", "--out", tmp_path / "one")
    assert first.code == 0, first.err
    again = likeforlike(capsys, "report", tmp_path / "one", "--out", tmp_path / "two")
    assert again.code == 0, again.err
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert (tmp_path / "one" / "report.html").is_file()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["html"], {"report.html"}),
        (["json", "csv"], {"results.json", "tables"}),
        (["svg"], {"charts"}),
    ],
)
def test_only_the_formats_asked_for(capsys, tmp_path, asked, found):
    chosen = [part for name in asked for part in ("--format", name)]
    said = likeforlike(capsys, "report", "--example", "justice", "--out", tmp_path / "r", *chosen, "--json")
    assert {path.name for path in (tmp_path / "r").iterdir()} == found
    assert json.loads(said.out)["report"].rpartition("/")[2] in found


def test_formats_of_an_earlier_report_do_not_stay(capsys, tmp_path):
    likeforlike(capsys, "report", "--example", "justice", "--out", tmp_path / "r")
    likeforlike(capsys, "report", "--example", "justice", "--out", tmp_path / "r", "--format", "json")
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["results.json"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Give a release, or --example with the name of a lab"),
        (["somewhere", "--example", "justice"], "Give a release, or --example"),
        (["--example", "nowhere"], "There is no example of the lab 'nowhere': choose from justice."),
        (
            ["--example", "justice", "--format", "docx"],
            "There is no format 'docx': choose from html, pdf, summary, annex, json, acro, xlsx, ods, csv, svg, crate.",
        ),
        (["nowhere"], "There is no release in 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(capsys, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    said = likeforlike(capsys, "report", *arguments, "--out", tmp_path / "r")
    assert (said.code, says in said.sentence) == (2, True)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("lab", examples())
def test_every_example_is_of_this_version_and_breaks_no_rule(capsys, tmp_path, lab):
    assert json.loads(example(lab))["schema_version"] == SCHEMA_VERSION
    told = example_release(lab)
    assert {part.status for part in told.sub_analyses} == {"shown"}
    assert all((told.timing, told.overlap, told.others, told.checks, told.trials, told.margin))
    likeforlike(capsys, "report", "--example", lab, "--out", tmp_path / "r")
    checked = likeforlike(capsys, "disclose", "check", tmp_path / "r")
    assert (checked.code, "No rule is broken." in checked.out) == (0, True)
