"""What reviewers are given: both sides of each pair in doubt, and a file that reads back."""

from contextlib import suppress
from dataclasses import replace

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort
from likeforlike.linkage import link
from likeforlike.linkage.clerical import inspect_links, read_review, write_inspection
from likeforlike.linkage.clerical.table import review_table
from likeforlike.linkage.relink import after_review
from likeforlike.records import build_register
from support.cohorts import any_size_lab, cohort_file, read_rows
from support.small_records import listed, small_records

LAB = any_size_lab()
RECORDS = small_records(400, seed=4)
JUDGED = {"participant": pl.Int64, "person_id": pl.String, "same": pl.Boolean}


@pytest.fixture(scope="module")
def small_register(tmp_path_factory):
    home = tmp_path_factory.mktemp("review")
    return build_register(LAB, RECORDS.write(home / "tables"), home / "register")


@pytest.fixture(scope="module")
def rows():
    """Forty people: the first ten with somebody else's number, the next ten with hardly anything."""
    people = listed(RECORDS, 40, prison_id="")
    for row, other in zip(people[:10], listed(RECORDS, 60)[40:50], strict=True):
        row["pnc_id"] = other["pnc_id"]
    for row in people[10:20]:
        row |= {"pnc_id": "", "postcode": "", "forename": "Mr " + row["forename"]}
    return people


@pytest.fixture
def links(rows, small_register, tmp_path):
    return link(read_rows(tmp_path / "list.csv", rows, LAB), small_register)


def test_both_sides_stand_beside_each_other(links, small_register, rows):
    table = review_table(links, small_register)
    fields = [f"{f.name}_{side}" for f in LAB.linkage.field for side in ("listed", "recorded")]
    assert table.columns == [
        *("list", "participant", "row", "person_id", "decision", "linked", "match_probability", "why"),
        *fields,
    ]
    for pair in table.to_dicts():
        person = rows[pair["row"] - 2]
        assert pair["forename_listed"] == person["forename"]
        assert pair["date_of_birth_listed"] == person["date_of_birth"]
    assert table["why"].null_count() == 0


def test_the_recorded_side_is_a_record_of_the_person(links, small_register):
    table = review_table(links, small_register)
    names = RECORDS.tables["names"].with_columns(pl.col("surname").str.to_uppercase())
    plain = names.filter(pl.col("surname").str.contains(r"^[A-Z]+$")).group_by("person_id").agg("surname")
    for pair in table.join(plain, on="person_id").to_dicts():
        assert pair["surname_recorded"] in pair["surname"]


def test_somebody_elses_number_is_looked_at(links, small_register):
    table = review_table(links, small_register)
    conflicts = table.filter(~pl.col("linked") & (pl.col("pnc_id_listed").is_not_null()))
    assert {f"P{40 + i:06d}" for i in range(10)} <= set(conflicts["person_id"])
    assert links.conflicts == 10


def test_without_doubt_a_few_sure_links_are_looked_at(small_register, tmp_path):
    sure = link(read_rows(tmp_path / "list.csv", listed(RECORDS, 30), LAB), small_register)
    table = review_table(sure, small_register, size=50)
    assert table.height == 10
    assert table["linked"].all()


def test_nobody_alike_leaves_nothing_to_look_at(small_register, tmp_path):
    strangers = listed(small_records(5, seed=99), 5, pnc_id="", prison_id="", postcode="ZE1 0AA")
    nobody = link(read_rows(tmp_path / "list.csv", strangers, LAB), small_register)
    table = review_table(replace(nobody, candidates=nobody.candidates.clear()), small_register)
    assert table.is_empty()
    assert table.columns == ["list", "participant", "row", "person_id", "decision"]


def test_nobody_found_at_all(small_register, tmp_path):
    strangers = listed(small_records(5, seed=99), 5, pnc_id="", prison_id="", postcode="ZE1 0AA")
    nobody = link(read_rows(tmp_path / "list.csv", strangers, LAB), small_register)
    tables = inspect_links(nobody, small_register, judged=nobody)
    assert tables["quality"]["linked"].max() == 0
    paths = write_inspection(tables, tmp_path / "out")
    assert read_review(next(p for p in paths if p.stem == "review"), nobody.cohort).is_empty()


def test_what_is_written_and_filled_in_reads_back(links, small_register, tmp_path):
    table = review_table(links, small_register)
    right = pl.format("P{}", (pl.col("row") - 2).cast(pl.String).str.zfill(6))
    filled = table.with_columns(
        decision=pl.when(pl.col("person_id") == right).then(pl.lit("match")).otherwise(pl.lit("no match"))
    )
    (path,) = write_inspection({"review": filled}, tmp_path / "out")
    decisions = read_review(path, links.cohort)
    assert decisions.height == table.height
    mended = after_review(links, small_register, decisions)
    participants = mended.frame["participant"].cast(pl.String).str.zfill(6)
    assert mended.frame["person_id"].to_list() == [f"P{p}" for p in participants]
    assert mended.frame.height >= links.frame.height
    tables = inspect_links(mended, small_register, judged=links, decisions=decisions)
    assert set(tables) == {"quality", "thresholds", "bias", "reviewed_quality"}
    assert tables["reviewed_quality"]["estimate"].min() > 0.9


def test_a_list_in_another_layout_keeps_its_decisions_or_is_refused(links, small_register, rows, tmp_path):
    """The same people one row further down: a decision must not move to the next person."""
    table = review_table(links, small_register).filter(pl.col("row") >= 3)
    filled = table.with_columns(decision=pl.lit("no match"))
    (path,) = write_inspection({"review": filled}, tmp_path / "out")
    moved = cohort_file(tmp_path / "moved.csv", rows, LAB)
    head, *lines = moved.read_text(encoding="utf-8").splitlines()
    moved.write_text("\n".join([head, "," * head.count(","), *lines]), encoding="utf-8")
    cohort = read_cohort(moved, LAB)
    assert cohort.sha256 == links.cohort.sha256
    with suppress(InputProblem):
        assert read_review(path, cohort).equals(read_review(path, links.cohort))


def test_people_with_numbers_that_look_like_formulas(tmp_path):
    changed = {
        n: t.with_columns(pl.col("person_id").str.replace("P", "=P"))
        for n, t in RECORDS.tables.items()
        if "person_id" in t.columns
    }
    odd = replace(RECORDS, tables=RECORDS.tables | changed)
    register = build_register(LAB, odd.write(tmp_path / "tables"), tmp_path / "register")
    rows = listed(odd, 5, pnc_id="", prison_id="", postcode="", surname="Smythe-Ogilvy")
    found = link(read_rows(tmp_path / "list.csv", rows, LAB), register)
    table = review_table(found, register).with_columns(decision=pl.lit("no match"))
    (path,) = write_inspection({"review": table}, tmp_path / "out")
    assert read_review(path, found.cohort)["person_id"].to_list() == table["person_id"].to_list()
