"""One list to two labs: each answers on its own, with a ledger of its own; one page shows both."""

import json
import re
import shutil

import pytest

from likeforlike.errors import InputProblem
from likeforlike.kit import new_lab
from likeforlike.labs import load_lab
from likeforlike.read import read_submission
from likeforlike.records import build_register
from likeforlike.synthetic import write_twin
from support.command import likeforlike

PEOPLE = 9_000
SUBMISSION = """
cohort = "twin/programme/participants.xlsx"

[programme]
name = "Home Help"
provider = "A charity"

[[to]]
lab = "housing"
register = "housing-records/register"
vault = "housing-records/vault"

[[to]]
lab = "care"
register = "care-records/register"
vault = "care-records/vault"
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    home = tmp_path_factory.mktemp("submission")
    for name in ("housing", "care"):
        new_lab(name, home / name)
    rules = home / "care" / "disclosure.toml"
    rules.write_text(rules.read_text().replace("minimum_analysed = 30", "minimum_analysed = 3000"))
    write_twin(load_lab(home / "housing"), PEOPLE, 1, home / "twin", replicates=20)
    for name in ("housing", "care"):
        build_register(
            load_lab(home / name), home / "twin" / "records", home / f"{name}-records" / "register"
        )
    (home / "submission.toml").write_text(SUBMISSION)
    return home


def test_each_lab_answers_on_its_own(capsys, world, monkeypatch):
    monkeypatch.setenv("LIKEFORLIKE_LEDGER", str(world / "shared-ledger"))
    said = likeforlike(capsys, "submit", world / "submission.toml", "--out", world / "answers")
    assert said.code == 0, said.err
    assert not (world / "shared-ledger").exists()
    for name in ("housing", "care"):
        own = world / f"{name}-records"
        assert sorted(p.name for p in own.iterdir()) == ["ledger", "register", "vault"]
        assert len((own / "ledger" / "entries.jsonl").read_text().splitlines()) >= 1
        assert not (world / "answers" / name / "vault").exists()
    told = json.loads((world / "answers" / "together" / "together.json").read_text())
    assert [(one["lab"], one["refused"]) for one in told["labs"]] == [("housing", False), ("care", True)]
    assert told["labs"][1]["analysed"] is None
    assert {row["lab"] for row in told["measures"]} == {"housing"}
    page = re.sub(r"\s+", " ", (world / "answers" / "together" / "together.html").read_text())
    assert "The housing data lab" in page
    assert "The care data lab" in page
    assert "We cannot give a result for this list" in page


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("care-records/register", "housing-records/register", "same 'register'"),
        ("care-records/vault", "housing-records/vault", "same 'vault'"),
        ("care-records/register", "housing-records/other", "share a ledger"),
        ('lab = "care"', 'lab = "housing"', "same 'lab'"),
    ],
)
def test_what_each_lab_must_have_for_itself(tmp_path, old, new, sentence):
    path = tmp_path / "submission.toml"
    path.write_text(SUBMISSION.replace(old, new))
    with pytest.raises(InputProblem, match=sentence):
        read_submission(path)


def test_one_lab_is_no_submission(tmp_path):
    path = tmp_path / "submission.toml"
    path.write_text(SUBMISSION[: SUBMISSION.rindex("[[to]]")])
    with pytest.raises(InputProblem, match=r"submission.toml.*'to'.*at least 2"):
        read_submission(path)
    shutil.rmtree(tmp_path)
