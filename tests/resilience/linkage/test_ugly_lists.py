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


@pytest.mark.parametrize("field", ["forename", "surname", "date_of_birth"])
def test_wrong_identifiers_of_people_who_are_like_in_one_thing(cohort, small_register, field):
    """Every number belongs to somebody of the same forename, of the same surname, or born a year apart: no link."""
    wrong = with_numbers_of_others(cohort, field)
    if field == "date_of_birth":
        wrong = replace(wrong, people=wrong.people.with_columns(pl.col(field).dt.offset_by("1y")))
    links = link(wrong, small_register)
    assert links.frame.filter(pl.col("how") == "identifier").is_empty()
    assert links.conflicts >= 55
    assert "identifiers" in links.notes["note"].to_list()
    assert links.agreement.is_empty()


def test_a_number_and_the_very_birth_date_outweigh_other_names_only_by_the_threshold(cohort, small_register):
    """People use other names; nobody is linked so who does not reach the threshold."""
    links = link(with_numbers_of_others(cohort, "date_of_birth"), small_register)
    doubtful = links.candidates.filter(~pl.col("borne_out")).select("participant", "person_id")
    decided = links.frame.join(doubtful, on=["participant", "person_id"])
    assert decided.height > 0
    assert (decided["match_probability"] >= LAB.linkage.threshold).all()


@pytest.mark.parametrize(
    ("values", "notes"),
    [
        (
            {"forename": "James", "surname": "Smith", "pnc_id": None, "prison_id": None},
            {"few_found", "one_value"},
        ),
        ({"date_of_birth": None}, {"missing"}),
        ({"date_of_birth": date(1990, 1, 1), "pnc_id": None, "prison_id": None}, {"one_value"}),
        ({"forename": "A" * 300, "surname": "Ł'" * 150}, {"one_value"}),
    ],
)
def test_staff_are_told_why_people_may_be_missed(cohort, small_register, values, notes):
    links = link(changed(cohort, **values), small_register)
    assert notes <= set(links.notes["note"])
    assert all(f"Mind: {sentence}" in links.summary() for sentence in links.notes["sentence"])


def test_nothing_is_said_of_an_ordinary_list(cohort, small_register):
    assert link(cohort, small_register).notes.is_empty()


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


def test_one_row_so_often_that_the_pairs_run_out(cohort, small_register, monkeypatch):
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


def test_pairs_of_all_rules_together_are_bounded(cohort, small_register, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_PAIRS", 40)
    names = link_names(cohort, small_register)
    found = candidates.find_candidates(LAB, names, small_register)
    assert 0 < found.pairs.height <= 40
    assert found.left_out > 0


def test_people_whose_keys_were_left_out_are_counted_and_told_of(cohort, small_register, monkeypatch):
    assert link(cohort, small_register).left_out == 0
    monkeypatch.setattr(candidates, "MOST_RECORDS", 0)
    links = link(cohort, small_register)
    assert links.left_out == 60
    assert "For 60 people a combination of details was not looked up" in links.summary()


def test_a_key_that_many_share_is_not_used(cohort, small_register, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_RECORDS", 0)
    assert candidates.find_candidates(
        LAB, link_names(cohort, small_register), small_register
    ).pairs.is_empty()


def with_numbers_of_others(cohort, field):
    """Strangers to the register, each with the number of somebody in it and that person's value of the field."""
    names = (
        RECORDS.tables["names"]
        .unique("person_id", maintain_order=True)
        .filter(pl.col("pnc_id").is_not_null())
    )
    owners = names.unique("pnc_id", keep="none", maintain_order=True).tail(60)
    strangers = pl.DataFrame(listed(small_records(60, seed=77), 60))
    alike = strangers.with_columns(owners["pnc_id"], owners[field])
    wrong = changed(cohort, prison_id=None, postcode="ZE1 0AA")
    columns = [as_listed(alike[c], cohort) for c in ("forename", "surname", "date_of_birth", "pnc_id")]
    return replace(wrong, people=wrong.people.with_columns(columns))


def as_listed(values, cohort):
    kind = cohort.people.schema[values.name]
    return values.str.to_date() if values.dtype == pl.String and kind == pl.Date else values.cast(kind)


def link_names(cohort, register):
    return register.query(cohort_names_sql(LAB), people=cohort.people)
