"""`likeforlike link`: tables for staff, pairs for reviewers, and their decisions back in."""

import json
import stat

import polars as pl
import pytest

from likeforlike.linkage import link
from likeforlike.linkage.clerical import inspect_links
from likeforlike.synthetic import read_truth
from support.command import likeforlike, studies_in

FIRST = {"quality.csv", "thresholds.csv", "bias.csv", "review.csv"}


@pytest.fixture
def arguments(twin, tmp_path):
    return ["link", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
            "--out", tmp_path / "out"]  # fmt: skip


@pytest.fixture(scope="module")
def filled(cohort, register, twin, tmp_path_factory):
    """A review file in which everything is decided by the twin's truth."""
    known = read_truth(twin.folder).rows.rename({"person_id": "really"})
    links = link(cohort, register)
    drawn = inspect_links(links, register, judged=links)["review"]
    same = pl.col("person_id").eq_missing(pl.col("really"))
    word = pl.when(same).then(pl.lit("match")).otherwise(pl.lit("no match"))
    decided = drawn.join(known, on="row", how="left", maintain_order="left").with_columns(decision=word)
    path = tmp_path_factory.mktemp("filled") / "filled.csv"
    decided.drop("really").write_csv(path)
    return path


def table(folder, name) -> pl.DataFrame:
    return pl.read_csv(folder / f"{name}.csv")


def test_tables_and_pairs_are_written_for_the_owner_only(capsys, arguments, tmp_path):
    said = likeforlike(capsys, *arguments)
    assert said.code == 0
    out = tmp_path / "out"
    assert {p.name for p in out.iterdir()} == FIRST
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in out.iterdir()} == {0o600}
    assert str(out) in said.out
    assert said.out.startswith("Found ")


def test_json_is_for_machines(capsys, arguments, tmp_path):
    said = likeforlike(capsys, *arguments, "--json")
    facts = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert set(facts["files"]) == FIRST
    assert facts["folder"] == str(tmp_path / "out")
    assert facts["quality"][0]["group"] == "Everyone"
    assert [t["linked"] for t in facts["thresholds"]] == sorted(
        (t["linked"] for t in facts["thresholds"]), reverse=True
    )
    assert sum(t["chosen"] for t in facts["thresholds"]) == 1


def test_the_same_list_gives_the_same_bytes(capsys, arguments, tmp_path):
    likeforlike(capsys, *arguments)
    likeforlike(capsys, *arguments[:-1], tmp_path / "again")
    for name in FIRST:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_fewer_pairs_and_another_draw(capsys, arguments, tmp_path):
    likeforlike(capsys, *arguments)
    likeforlike(capsys, *arguments[:-1], tmp_path / "few", "--pairs", "2", "--seed", "9")
    usual, few = (table(tmp_path / f, "review").height for f in ("out", "few"))
    assert 0 < few <= usual


def test_the_truth_of_a_twin_stands_beside_what_is_expected(capsys, arguments, twin, tmp_path):
    said = likeforlike(capsys, *arguments, "--truth", twin.folder / "truth")
    assert said.code == 0
    everyone = table(tmp_path / "out", "truth").row(0, named=True)
    assert everyone["group"] == "Everyone"
    assert everyone["precision"] > 0.97
    assert everyone["recall"] > 0.94
    assert abs(everyone["precision"] - everyone["expected_precision"]) < 0.03


def test_a_truth_that_is_not_there(capsys, arguments, tmp_path):
    said = likeforlike(capsys, *arguments, "--truth", tmp_path / "nowhere")
    assert said.code == 2
    assert "on our side" not in said.err


def test_a_review_goes_back_in(capsys, arguments, filled, tmp_path):
    said = likeforlike(capsys, *arguments[:-1], tmp_path / "after", "--reviewed", filled, "--json")
    assert said.code == 0
    facts = json.loads(said.out)
    assert set(facts["files"]) == {"quality.csv", "thresholds.csv", "bias.csv", "reviewed_quality.csv"}
    reviewed = table(tmp_path / "after", "reviewed_quality")
    assert reviewed["term"].to_list() == ["precision", "recall"]
    assert reviewed["estimate"].is_between(0.9, 1).all()
    assert (reviewed["conf_low"] <= reviewed["estimate"]).all()
    assert facts["quality"][0]["expected_recall"] <= 1


def test_a_review_does_not_make_links_worse(capsys, arguments, filled, twin, tmp_path):
    truth = ("--truth", twin.folder / "truth")
    likeforlike(capsys, *arguments, *truth)
    likeforlike(capsys, *arguments[:-1], tmp_path / "after", "--reviewed", filled, *truth)
    before, after = (table(tmp_path / f, "truth").row(0, named=True) for f in ("out", "after"))
    assert after["precision"] >= before["precision"]
    assert after["recall"] >= before["recall"]


def test_decisions_that_were_filled_in_are_not_written_over(capsys, arguments, filled, tmp_path):
    """Somebody fills the file in where it lies, then forgets `--reviewed`."""
    review = tmp_path / "out" / "review.csv"
    review.parent.mkdir()
    review.write_bytes(filled.read_bytes())
    likeforlike(capsys, *arguments)
    assert review.read_bytes() == filled.read_bytes()


@pytest.mark.parametrize("wrong", ["list", "decision", "empty", "missing", "binary"])
@pytest.mark.parametrize("command", ["link", "run"])
def test_a_wrong_review_file_is_one_sentence(capsys, arguments, filled, tmp_path, wrong, command):
    text = filled.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    changed = {
        "list": head + "\n" + "".join("f" * 12 + line[12:] for line in rest.splitlines(keepends=True)),
        "decision": text.replace("match,", "perhaps,"),
        "empty": "",
        "missing": None,
        "binary": "\x00\udcff\udcfe",
    }[wrong]
    path = tmp_path / "wrong.csv"
    if changed is not None:
        path.write_bytes(changed.encode(errors="surrogateescape"))
    given = [command, *arguments[1:-1], tmp_path / "new", "--reviewed", path]
    said = likeforlike(capsys, *given)
    assert said.code == 2
    assert said.sentence.endswith((".", "`"))
    assert "wrong.csv" in " ".join(said.err.split())
    assert "on our side" not in said.err
    assert not (tmp_path / "new" / "release").exists()
    assert not (tmp_path / "new" / "quality.csv").exists()


def test_nobody_is_named_on_the_terminal(capsys, arguments, filled, cohort, register, twin, tmp_path):
    # written to a terminal, a file of decisions or a mistake in it must not name anybody
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(filled.read_text(encoding="utf-8").replace("match,", "perhaps,"), encoding="utf-8")
    said = [
        likeforlike(capsys, *arguments, "--truth", twin.folder / "truth"),
        likeforlike(capsys, *arguments, "--json"),
        likeforlike(capsys, *arguments, "--reviewed", filled),
        likeforlike(capsys, *arguments, "--reviewed", wrong),
    ]
    text = " ".join(s.out + s.err for s in said)
    words = set(text.lower().replace('"', " ").split())
    people = cohort.people
    for column in ("pnc_id", "prison_id", "postcode"):
        assert not [v for v in people[column].drop_nulls() if v in text]
    assert not [p for p in link(cohort, register).frame["person_id"] if p in text]
    both = (
        people.select(pl.format("{} {}", "forename", "surname")).to_series().drop_nulls().str.to_lowercase()
    )
    assert not [name for name in both if name in text.lower()]
    assert not words & {d.isoformat() for d in people["date_of_birth"].drop_nulls()}


def test_a_run_takes_the_review_and_is_another_study(capsys, twin, filled, tmp_path):
    usual = ["run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
             "--about", twin.about, "--json", "--out", tmp_path / "result"]  # fmt: skip
    plain = likeforlike(capsys, *usual)
    reviewed = likeforlike(capsys, *usual, "--reviewed", filled)
    assert (plain.code, reviewed.code) == (0, 0)
    first, second = (json.loads(said.out) for said in (plain, reviewed))
    assert first["study"] != second["study"]
    assert len(studies_in(tmp_path / "result")) == 2
    again = likeforlike(capsys, *usual, "--reviewed", filled)
    assert json.loads(again.out)["study"] == second["study"]


def test_a_run_keeps_its_sensitivity_and_takes_it_from_the_vault(capsys, twin, tmp_path):
    usual = ["run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
             "--about", twin.about, "--out", tmp_path / "result"]  # fmt: skip
    assert likeforlike(capsys, *usual).code == 0
    (stage,) = (tmp_path / "result" / "vault").glob("*/sensitivity")
    kept = pl.read_parquet(stage / "frame.parquet")
    assert kept["threshold"].unique().sort().to_list() == [0.5, 0.9, 0.99]
    assert kept.select("threshold", "term").is_unique().all()
    again = likeforlike(capsys, *usual)
    assert "Trying other thresholds of linkage (finished earlier)" in " ".join(again.err.split())
    for file in stage.iterdir():
        file.unlink()
    assert likeforlike(capsys, *usual).code == 0
    assert pl.read_parquet(stage / "frame.parquet").equals(kept)
    shown = json.loads((tmp_path / "result" / "release" / "results.json").read_text())["others"]
    assert {row["title"] for row in shown if row["method"] == "linkage"} == {
        "Linkage threshold 0.5",
        "Linkage threshold 0.99",
    }
