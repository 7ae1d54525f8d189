"""What was asked before decides what is answered now: `likeforlike run` against the lab's ledger."""

import json
import os
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from support.command import files_of, likeforlike, studies_in

QUICK = "checks = []\nthresholds = []\nmeasures = ['reoffended', 'reoffences']\n"


@pytest.fixture(scope="module")
def rows(twin):
    head, *people = CalamineWorkbook.from_path(twin.participants).get_sheet_by_index(0).to_python()
    return pl.DataFrame([[str(cell) for cell in row] for row in people], schema=head, orient="row")


@pytest.fixture
def run(capsys, twin, tmp_path):
    def run(listed, out, plan=QUICK):
        (tmp_path / f"{out}.toml").write_text(plan)
        return likeforlike(
            capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", listed, "--about",
            twin.about, "--out", tmp_path / out, "--plan", tmp_path / f"{out}.toml",
        )  # fmt: skip

    return run


def without(rows, path: Path, *gone: int) -> Path:
    rows.with_row_index("place").filter(~pl.col("place").is_in(gone)).drop("place").write_csv(path)
    return path


def results(tmp_path, out):
    return json.loads((tmp_path / out / "release" / "results.json").read_text())


def test_the_same_request_has_the_same_answer_wherever_it_is_written(run, twin, tmp_path):
    assert run(twin.participants, "one").code == 0
    assert run(twin.participants, "two").code == 0
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / out / "release").glob("*.*")} for out in ("one", "two")
    )
    assert one == two
    ledger = Path(os.environ["LIKEFORLIKE_LEDGER"])
    assert [json.loads(line)["what"] for line in (ledger / "entries.jsonl").read_text().splitlines()] == [
        "opened", "released", "released",
    ]  # fmt: skip


def test_a_list_less_one_person_is_refused_in_the_words_of_every_refusal(run, rows, tmp_path, capsys):
    everyone = without(rows, tmp_path / "everyone.csv")
    assert run(everyone, "all").code == 0
    said = run(without(rows, tmp_path / "less.csv", 5), "less")
    assert said.code == 3
    few = run(without(rows, tmp_path / "few.csv", *range(70, rows.height)), "few")
    assert few.code == 3
    less, few = results(tmp_path, "less"), results(tmp_path, "few")
    assert {**less, "provenance": None} == {**few, "provenance": None}
    study = {"study_sha256": None}
    assert {**less["provenance"], **study} == {**few["provenance"], **study}
    (vault,) = studies_in(tmp_path / "less")
    assert "A few people make the difference" in (vault / "ledger.json").read_text()


def test_a_changed_plan_is_marked_whatever_the_list_or_folder(run, rows, tmp_path):
    everyone = without(rows, tmp_path / "everyone.csv")
    other = QUICK + "months = 24\n"
    assert run(everyone, "first").code == 0
    assert run(everyone, "second", other).code == 0
    report = (tmp_path / "second" / "release" / "report.html").read_text()
    assert "this is version 2 of it" in report
    assert results(tmp_path, "second")["provenance"]["plan_version"] == 2
    first = results(tmp_path, "first")["provenance"]
    assert first["plan_version"] == 1
    assert first["sealed_at"].endswith("Z")
    assert " UTC, before any outcome" in (tmp_path / "first" / "release" / "report.html").read_text()


def test_the_ledger_can_be_audited_and_the_checker_sees_who_else_asked(run, rows, tmp_path, capsys):
    run(without(rows, tmp_path / "everyone.csv"), "all")
    most = run(without(rows, tmp_path / "most.csv", *range(rows.height - 60, rows.height)), "most")
    assert most.code == 0, most.err
    ledger = os.environ["LIKEFORLIKE_LEDGER"]
    said = likeforlike(capsys, "disclose", "audit", ledger)
    assert said.code == 0, said.out
    assert "All answers together say nothing of a few people." in said.out
    pack = likeforlike(capsys, "disclose", "check", tmp_path / "most")
    assert pack.code == 0, pack.out
    assert "tables of counts were audited from the exact numbers." in pack.out
    (study,) = studies_in(tmp_path / "most")
    page = (study / "checking" / "pack.md").read_text()
    assert "| 2 | released |" in page
    assert "and nothing gives them away." in page
    assert (study / "checking" / "tables" / "linkage_gender.jj").read_text().startswith("0\n9\n")
    gone = likeforlike(capsys, "disclose", "withdraw", ledger, "4", "--reason", "The wrong list")
    assert (gone.code, "Request 4 is withdrawn" in gone.out) == (0, True)
    assert likeforlike(capsys, "disclose", "withdraw", ledger, "3", "--reason", "x").code == 2
    entries = Path(ledger) / "entries.jsonl"
    entries.write_text(entries.read_text().replace("released", "refused"))
    assert likeforlike(capsys, "disclose", "audit", ledger).code == 2
    assert likeforlike(capsys, "disclose", "audit", tmp_path).sentence.startswith("There is no ledger in")


def test_nothing_of_the_list_is_in_the_ledger(run, twin, cohort, tmp_path):
    run(twin.participants, "one")
    ledger = Path(os.environ["LIKEFORLIKE_LEDGER"])
    content = b"\n".join(p.read_bytes() for p in ledger.rglob("*") if p.is_file() and p.name != "key")
    for column in ("pnc_id", "prison_id", "postcode"):
        for value in cohort.people[column].drop_nulls():
            assert value.encode() not in content
    assert files_of(tmp_path / "one" / "release")
