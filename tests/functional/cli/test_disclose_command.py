"""`likeforlike disclose` on releases on disk: what passes, what is broken, and what is no release."""

import json
from pathlib import Path

import pytest

from likeforlike.labs import load_lab
from likeforlike.report.results import results_json
from support.command import likeforlike
from support.releases import lower_release

LAB = load_lab("justice")


def written(folder: Path, *, kept: bool) -> Path:
    """A release as a run leaves it; one that keeps to the profile or not."""
    made = lower_release(LAB)
    sha = made.provenance.disclosure_sha256 if kept else "3d" * 32
    release = made.model_copy(
        update={
            "provenance": made.provenance.model_copy(update={"disclosure_sha256": sha, "lab": "justice"}),
            "balance": tuple(row for row in made.balance if row.percent),
            "measures": tuple(row for row in made.measures if row.kind == "rate" and not row.withheld),
            "sub_analyses": (),
        }
    )
    (folder / "release").mkdir(parents=True)
    (folder / "release" / "results.json").write_bytes(results_json(release))
    return folder


def test_a_release_that_keeps_the_rules(capsys, tmp_path):
    place = written(tmp_path / "a", kept=True)
    said = likeforlike(capsys, "disclose", "check", place)
    assert said.code == 0
    assert "No rule is broken." in said.out
    assert "For a person to read: programme." in said.out
    assert sorted(p.name for p in place.rglob("*")) == ["release", "results.json"]


def test_a_broken_rule_leaves_with_3(capsys, tmp_path):
    said = likeforlike(capsys, "disclose", "check", written(tmp_path / "a", kept=False), "--json")
    assert said.code == 3
    facts = json.loads(said.out)
    assert (facts["status"], facts["exit_code"]) == ("fail", 3)
    assert "another disclosure profile" in facts["results"]["output_0"]["summary"]


def test_explained_for_one_output(capsys, tmp_path):
    place = written(tmp_path / "a", kept=True)
    said = likeforlike(capsys, "disclose", "explain", place / "release" / "results.json", "--output", "flow")
    assert said.code == 0
    assert "Hidden losses" in said.out
    assert "(linkage)" not in said.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no release"),
        ("[]", "is no release"),
        ('{"status": 1}', "is no release"),
        ("", "is no release"),
    ],
)
def test_what_is_no_release_is_said_in_a_sentence(capsys, tmp_path, content, words):
    place = tmp_path / "results.json"
    if content is not None:
        place.write_text(content)
    for command in ("check", "explain"):
        said = likeforlike(capsys, "disclose", command, place)
        assert said.code == 2
        assert words in said.sentence


def test_an_output_that_is_not_there(capsys, tmp_path):
    said = likeforlike(capsys, "disclose", "explain", written(tmp_path / "a", kept=True), "--output", "no")
    assert said.code == 2
    assert "choose from request" in said.sentence
