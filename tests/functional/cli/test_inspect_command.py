"""`likeforlike inspect`: what a vault holds, for staff only, and never a person."""

import csv
import io
import json
from datetime import date

import pytest

from likeforlike.labs import load_lab
from likeforlike.matching import match
from likeforlike.matching.diagnostics import Diagnostics, diagnose
from likeforlike.outcomes import Outcomes
from likeforlike.plan import Plan
from likeforlike.study import Programme, Study
from likeforlike.vault import Vault
from support.command import likeforlike
from support.sides import sample_of

LAB = load_lab("justice")
PLAN = Plan.of_lab(LAB).changed(
    {"covariates": ("sex", "age_at_index", "previous_offences"), "matching": {"caliper": 0.1, "exact": ()}},
    LAB,
)
NOTICE = "For the lab's staff only: nothing here is protected, and none of it may leave."


def study(name: str = "Second Step") -> Study:
    hashes = {f"{what}_sha256": "0" * 64 for what in ("lab", "cohort", "register")}
    return Study(
        lab="justice",
        lab_version="1",
        vintage=date(2024, 1, 1),
        review_sha256=None,
        programme=Programme(name=name),
        plan=PLAN,
        **hashes,
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """A run that got as far as opening outcomes."""
    folder = tmp_path_factory.mktemp("out")
    sample = sample_of(LAB, treated=60, pool=300)
    matched = match(sample, PLAN)
    opened = Outcomes(LAB, matched.seal, matched.frame.select("event_id"))
    kept = Vault.of_study(folder / "vault", study(), {})
    kept.keep("followup", type(sample), lambda: sample, lab=LAB)
    kept.keep("matching", type(matched), lambda: matched, lab=LAB)
    kept.keep("diagnostics", Diagnostics, lambda: diagnose(sample, matched, PLAN))
    kept.keep("outcomes", Outcomes, lambda: opened, lab=LAB)
    return folder


def test_the_first_line_says_for_whom_it_is(capsys, out):
    said = likeforlike(capsys, "inspect", out)
    lines = said.out.splitlines()
    assert (said.code, lines[0]) == (0, NOTICE)
    assert lines[1].endswith(": Second Step")
    heads = [line for line in lines[2:] if line.endswith(":") and line[0] != " "]
    assert heads == ["followup:", "matching:", "diagnostics:", "outcomes:"]
    assert "  Scores overlap by " in said.out


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("place", ["", "vault", "study"])
def test_every_folder_on_the_way_will_do(capsys, out, place, form):
    (inner,) = (p.parent for p in (out / "vault").glob("*/study.json"))
    given = {"": out, "vault": out / "vault", "study": inner}[place]
    said = likeforlike(capsys, "inspect", given, "matching", "--format", form)
    assert said.code == 0
    assert said.out.splitlines()[0 if form == "text" else 1].count(NOTICE) == 1


def test_json_has_every_stage_and_no_figure_that_json_cannot_say(capsys, out):
    told = json.loads(
        likeforlike(capsys, "inspect", out, "--format", "json").out,
        parse_constant=pytest.fail,
    )
    assert next(iter(told)) == "notice"
    assert told["study"] == study().sha256
    assert list(told["stages"]) == ["followup", "matching", "diagnostics", "outcomes"]
    assert told["stages"]["matching"]["treated"] > 50


@pytest.mark.parametrize("stage", ["followup", "matching", "diagnostics", "outcomes"])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_nobody_is_in_it(capsys, out, stage, form):
    said = likeforlike(capsys, "inspect", out, stage, "--format", form)
    assert said.code == 0
    assert len(said.out) > 100
    assert "e0001" not in said.out
    assert "p0001" not in said.out


def test_csv_is_the_table_of_a_stage(capsys, out):
    first, rest = likeforlike(capsys, "inspect", out, "matching", "--format", "csv").out.split("\n", 1)
    assert first == f"# {NOTICE}"
    rows = list(csv.DictReader(io.StringIO(rest)))
    assert {row["covariate"] for row in rows} == set(PLAN.covariates)


def test_why_a_study_was_refused_is_said(capsys, out, tmp_path):
    Vault.of_study(tmp_path, study(), {}).note("refusal.txt", "Nobody is alike.")
    assert "Refused: Nobody is alike." in likeforlike(capsys, "inspect", tmp_path).out
    assert "Refused" not in likeforlike(capsys, "inspect", out).out


def test_what_it_cannot_do_is_one_sentence(capsys, out, tmp_path):
    def told(*arguments) -> str:
        said = likeforlike(capsys, "inspect", *arguments)
        assert (said.code, said.out) == (2, "")
        return said.sentence

    assert told(tmp_path).startswith("There is no study in ")
    assert "choose from followup, matching, diagnostics, outcomes" in told(out, "estimates")
    assert told(out, "--format", "csv").startswith("CSV is for one stage")
    Vault.of_study(tmp_path, study("one"), {})
    Vault.of_study(tmp_path, study("two"), {})
    assert "There are several studies" in told(tmp_path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "study.json").write_text("{}")
    assert "of another version" in told(broken)


def test_a_damaged_stage_is_not_there(capsys, tmp_path):
    matched = match(sample_of(LAB, treated=60, pool=300), PLAN)
    kept = Vault.of_study(tmp_path, study(), {})
    kept.keep("matching", type(matched), lambda: matched, lab=LAB)
    (kept.folder / "matching" / "balance.parquet").write_bytes(b"")
    said = likeforlike(capsys, "inspect", tmp_path, "matching")
    assert said.code == 2
    assert "no stage is finished" in said.sentence
