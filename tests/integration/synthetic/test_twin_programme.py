"""The programme, its list and the truth about it agree with the records."""

import polars as pl
import pytest

from likeforlike.intake import read_cohort
from likeforlike.synthetic import read_truth


@pytest.fixture(scope="module")
def truth(twin):
    return read_truth(twin.folder)


@pytest.fixture(scope="module")
def cohort(lab, twin):
    return read_cohort(twin.cohort, lab)


@pytest.fixture(scope="module")
def events(database, truth):
    database.register("participant", truth.participants)
    return database


def test_the_effect_is_the_one_asked_for(lab, twin, truth):
    analysed = truth.participants.filter("analysable")
    mean = (analysed["p1"] - analysed["p0"]).mean()
    assert truth.effect == pytest.approx(mean)
    assert mean == pytest.approx(lab.synthetic.programme["effect"], abs=0.01)
    assert twin.effect_amount < 0


def test_events_and_dates_are_those_of_the_records(events, truth):
    same = events.execute("""
        select count(*) from participant p join event e using (event_id, person_id, index_date)
        where e.kind in ('custody', 'court order', 'caution') and not e.breach_only
    """).fetchall()[0][0]
    assert same == len(truth.participants)


def test_before_start_is_what_the_lab_measures(lab, events, truth):
    events.execute("create or replace view started as select * from participant")
    dropped = {r[0] for r in events.execute(lab.sql.before_start).fetchall()}
    known = truth.participants.filter("before_start")
    assert dropped <= set(known["event_id"])
    assert set(known.filter(~pl.col("too_recent"))["event_id"]) <= dropped
    assert 0 < len(known) < 0.1 * len(truth.participants)


def test_chances_agree_with_what_happened(events, truth):
    analysed = truth.participants.filter("analysable")
    rate, reoffences = events.execute("""
        select avg(reoffended::int), avg(reoffences)
        from participant join outcome using (event_id)
        where analysable
    """).fetchall()[0]
    error = (0.25 / len(analysed)) ** 0.5
    assert rate == pytest.approx(analysed["p1"].mean(), abs=3 * error)
    assert reoffences == pytest.approx(analysed["e1"].mean(), abs=8 * error)


def test_the_plain_comparison_is_biased(events, truth):
    """Those who took part were likelier to reoffend: without the programme, more of them would have."""
    pool = events.execute("""
        select avg(reoffended::int) from outcome join chosen_event using (event_id)
        where kind in ('custody', 'court order', 'caution')
          and person_id not in (select person_id from participant)
    """).fetchall()[0][0]
    assert truth.participants["p0"].mean() > pool + 0.05


def test_the_list_needs_nothing_fixed(cohort, twin):
    assert cohort.ready
    assert cohort.flow.steps[0].remaining == twin.listed


def test_the_list_is_dirty_but_recognisable(cohort, twin, truth):
    names = pl.read_parquet(twin.records / "names.parquet").select(
        "person_id", "forename", "surname", pl.col("date_of_birth").alias("born"), "postcode"
    )
    people = cohort.people.join(truth.rows, on="row")
    found = people.drop_nulls("person_id").join(names, on="person_id")
    exact = (
        (pl.col("forename") == pl.col("forename_right"))
        & (pl.col("surname") == pl.col("surname_right"))
        & (pl.col("date_of_birth") == pl.col("born"))
    )
    same = found.with_columns(exact=exact).group_by("person_id").agg(pl.col("exact").any())["exact"].mean()
    assert 0.6 < same < 0.9
    assert people["person_id"].is_null().mean() == pytest.approx(0.08, abs=0.03)
    assert people["pnc_id"].is_null().mean() == pytest.approx(0.6, abs=0.08)
    assert people["index_date"].is_null().mean() == pytest.approx(0.13, abs=0.06)


def test_people_who_are_not_in_the_records_include_siblings(cohort, truth):
    people = cohort.people.join(truth.rows, on="row")
    strangers = people.filter(pl.col("person_id").is_null())
    known = people.filter(pl.col("person_id").is_not_null()).select("surname", "postcode").drop_nulls()
    assert len(strangers.join(known, on=["surname", "postcode"], how="semi")) > 0


def test_rows_of_the_truth_are_rows_of_the_list(cohort, truth):
    assert set(cohort.people["row"]) <= set(truth.rows["row"])
    listed = truth.participants["rows"].list.explode(keep_nulls=False, empty_as_null=False)
    assert set(listed) == set(truth.rows.drop_nulls("person_id")["row"])


def test_effect_on_some_people(truth):
    some = truth.participants.head(40)
    assert truth.effect_on(some["person_id"]) == pytest.approx((some["p1"] - some["p0"]).mean())


def test_facts_name_nobody(twin, truth):
    assert "truth" not in str(twin.to_dict())
    assert set(twin.to_frame()["table"]) == {"people", "names", "disposals", "offences"}
    assert f"{twin.listed:,} rows" in twin.summary()
    assert truth.facts == twin.to_dict()
