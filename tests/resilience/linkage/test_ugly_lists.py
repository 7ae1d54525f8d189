"""Lists that are wrong throughout: a result or nobody, in bounded time, never a crash."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from likeforlike.linkage import candidates, link
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.records import build_register
from support.cohorts import any_size_lab, read_rows
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


def test_everybody_named_the_same(cohort, small_register):
    links = link(
        changed(cohort, forename="James", surname="Smith", pnc_id=None, prison_id=None), small_register
    )
    assert links.frame["person_id"].is_unique().all()
    assert links.flow.remaining < 5


def test_no_birth_dates(cohort, small_register):
    links = link(changed(cohort, date_of_birth=None), small_register)
    assert links.flow.remaining >= 55
    assert links.frame["person_id"].is_unique().all()


def test_everybody_born_on_the_same_day(cohort, small_register):
    link(changed(cohort, date_of_birth=date(1900, 1, 1), pnc_id=None, prison_id=None), small_register)


def test_wrong_identifiers_in_every_row(cohort, small_register):
    shifted = cohort.people.with_columns(pl.col("pnc_id", "prison_id").shift(-1).fill_null("990000000Z"))
    links = link(replace(cohort, people=shifted), small_register)
    assert links.conflicts >= 55
    assert links.flow.remaining >= 58
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
    link(changed(cohort, forename="A" * 300, surname="Ł'" * 150), small_register)


@pytest.mark.parametrize("text", ["'; drop table names; --", '"', "$months", "\\", "\u202e", "\x00", "😀"])
def test_names_that_look_like_something_else(cohort, small_register, text):
    link(changed(cohort, forename=text, surname=text, postcode=text), small_register)


def test_one_row_fifty_thousand_times(cohort, small_register):
    links = link(repeated(cohort, 50_000), small_register)
    assert links.frame.is_empty()
    assert links.unlinked.rows() == [("another participant fits equally", 50_000)]


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
