"""Lists that are wrong throughout: a result or nobody, from a bounded number of pairs, never a crash."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from likeforlike.linkage import candidates, link
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.records import build_register
from support.cohorts import any_size_lab, read_rows
from support.links import pairs_by_scan
from support.small_records import listed, small_records

LAB = any_size_lab()
RECORDS = small_records(300, seed=6)


@pytest.fixture(scope="module")
def small_register(tmp_path_factory):
    home = tmp_path_factory.mktemp("ugly")
    return build_register(LAB, RECORDS.write(home / "tables"), home / "register")


@pytest.fixture
def cohort(tmp_path):
    return read_rows(tmp_path / "list.csv", listed(RECORDS, 60), LAB)


def changed(cohort, **values):
    columns = [pl.lit(v, dtype=cohort.people.schema[k]).alias(k) for k, v in values.items()]
    return replace(cohort, people=cohort.people.with_columns(*columns))


def repeated(cohort, times: int):
    people = pl.concat([cohort.people.head(1)] * times).with_columns(participant=pl.int_range(times))
    return replace(cohort, people=people, flow=type(cohort.flow).start(times))


def pairs_of(cohort, register) -> pl.DataFrame:
    return candidates.find_candidates(LAB, link_names(cohort, register), register).pairs


def test_everybody_named_the_same(cohort, small_register):
    same = changed(cohort, forename="James", surname="Smith", pnc_id=None, prison_id=None)
    links = link(same, small_register)
    assert links.frame["person_id"].is_unique().all()
    assert links.flow.remaining < 5
    pairs = pairs_of(same, small_register)
    assert pairs.equals(pairs_by_scan(LAB, link_names(same, small_register), small_register))
    assert pairs.height < 60


def test_everybody_named_the_same_without_birth_dates_or_postcodes(cohort, small_register):
    gone = dict.fromkeys(("date_of_birth", "postcode", "pnc_id", "prison_id"))
    same = changed(cohort, forename="James", surname="Smith", **gone)
    assert pairs_of(same, small_register).is_empty()
    assert link(same, small_register).unlinked.rows() == [("nobody alike", 60)]


def test_a_register_in_which_everybody_is_named_the_same(tmp_path):
    names = RECORDS.tables["names"].with_columns(forename=pl.lit("James"), surname=pl.lit("Smith"))
    uniform = RECORDS.with_table("names", names)
    register = build_register(LAB, uniform.write(tmp_path / "tables"), tmp_path / "register")
    people = read_rows(tmp_path / "same.csv", listed(uniform, 60, pnc_id="", prison_id=""), LAB)
    links = link(people, register)
    wrong = links.frame.filter(
        pl.col("person_id") != pl.format("P{}", pl.col("participant").cast(pl.String).str.zfill(6))
    )
    assert wrong.is_empty()
    assert pairs_of(people, register).height < 60 * 10


def test_no_birth_dates(cohort, small_register):
    undated = changed(cohort, date_of_birth=None)
    links = link(undated, small_register)
    assert links.flow.remaining >= 55
    assert links.frame["person_id"].is_unique().all()
    pairs = pairs_of(undated, small_register)
    assert pairs.equals(pairs_by_scan(LAB, link_names(undated, small_register), small_register))
    assert pairs.height < 60 * 10


def test_everybody_born_on_the_same_day(cohort, small_register):
    same_day = changed(cohort, date_of_birth=date(1900, 1, 1), pnc_id=None, prison_id=None)
    links = link(same_day, small_register)
    assert links.frame["person_id"].is_unique().all()
    assert pairs_of(same_day, small_register).height < 60 * 10


def test_wrong_identifiers_in_every_row(cohort, small_register):
    shifted = cohort.people.with_columns(pl.col("pnc_id", "prison_id").shift(-1).fill_null("990000000Z"))
    wrong = replace(cohort, people=shifted)
    links = link(wrong, small_register)
    assert links.conflicts >= 55
    assert links.flow.remaining >= 58
    assert set(links.frame["how"]) == {"evidence"}
    assert links.candidates.filter("named").height >= 55
    assert pairs_of(wrong, small_register).height < 60 * 10
    place = cohort.people.join(links.frame, on="participant").with_columns(
        right=pl.col("person_id") == pl.format("P{}", pl.col("participant").cast(pl.String).str.zfill(6))
    )
    assert place["right"].all()


def test_nothing_but_gender(cohort, small_register):
    empty = {c: None for c in ("forename", "surname", "date_of_birth", "postcode", "pnc_id", "prison_id")}
    links = link(changed(cohort, **empty), small_register)
    assert links.frame.is_empty()
    assert links.summary().startswith("Found 0 of 60")
    assert links.plot().data.is_empty()


def test_names_of_300_letters(cohort, small_register):
    long = changed(cohort, forename="A" * 300, surname="Ł'" * 150)
    links = link(long, small_register)
    assert links.frame["how"].unique().to_list() in ([], ["identifier"], ["evidence"])
    assert pairs_of(long, small_register).height < 60 * 10


def test_names_of_300_letters_in_the_register_too(tmp_path):
    names = RECORDS.tables["names"].with_columns(
        forename=pl.lit("Ł'" * 150) + pl.col("forename"), surname=pl.col("surname") + pl.lit("Ž" * 300)
    )
    long = RECORDS.with_table("names", names)
    register = build_register(LAB, long.write(tmp_path / "tables"), tmp_path / "register")
    people = read_rows(tmp_path / "long.csv", listed(RECORDS, 20), LAB)
    renamed = {"forename": "Ł'" * 150, "surname": "Smith" + "Ž" * 300}
    links = link(changed(people, **renamed), register)
    assert links.frame["person_id"].to_list() == [f"P{i:06d}" for i in range(20)]


@pytest.mark.parametrize("text", ["'; drop table names; --", '"', "$months", "\\", "\u202e", "\x00", "😀"])
def test_names_that_look_like_something_else(cohort, small_register, text):
    link(changed(cohort, forename=text, surname=text, postcode=text), small_register)


def test_one_row_fifty_thousand_times(cohort, small_register):
    links = link(repeated(cohort, 50_000), small_register)
    assert links.frame.is_empty()
    assert links.unlinked.rows() == [("another participant fits equally", 50_000)]
    one = pairs_of(repeated(cohort, 1), small_register).height
    assert links.candidates["participant"].n_unique() == 50_000
    assert pairs_of(repeated(cohort, 50_000), small_register).height == 50_000 * one


def test_one_row_so_often_that_the_pairs_of_a_rule_run_out(cohort, small_register, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_PAIRS", 1_000)
    assert pairs_of(repeated(cohort, 5_000), small_register).is_empty()
    assert link(repeated(cohort, 5_000), small_register).unlinked.rows() == [("nobody alike", 5_000)]


def test_a_repeated_row_does_not_take_the_others_with_it(cohort, small_register, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_PAIRS", 1_000)
    many = pl.concat([cohort.people, *[cohort.people.head(1)] * 5_000])
    many = many.with_columns(participant=pl.int_range(many.height))
    swamped = replace(cohort, people=many, flow=type(cohort.flow).start(many.height))
    found = set(link(swamped, small_register).frame["participant"])
    assert len(found & set(range(1, 60))) >= 57


def test_pairs_of_a_rule_are_bounded(cohort, small_register, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_PAIRS", 40)
    names = link_names(cohort, small_register)
    found = candidates.find_candidates(LAB, names, small_register)
    rules = len(LAB.linkage.blocking)
    assert 0 < found.pairs.height <= 40 * rules


def test_a_key_that_many_share_is_not_used(cohort, small_register, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_RECORDS", 0)
    assert candidates.find_candidates(
        LAB, link_names(cohort, small_register), small_register
    ).pairs.is_empty()


def link_names(cohort, register):
    return register.query(cohort_names_sql(LAB), people=cohort.people)
