"""The employment twin: records, truth and list agree, and its programme's effect is the one asked for."""

import duckdb
import polars as pl
import pytest

from likeforlike.intake import read_cohort
from likeforlike.labs import load_lab
from likeforlike.synthetic import read_truth, write_twin

LAB = load_lab("employment")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return write_twin(LAB, 60_000, 3, tmp_path_factory.mktemp("spells"), participants=900, replicates=150)


@pytest.fixture(scope="module")
def truth(world):
    return read_truth(world.folder)


@pytest.fixture(scope="module")
def tables(world, truth):
    connection = duckdb.connect()
    for table in LAB.records.table:
        file = world.records / f"{table.name}.parquet"
        connection.execute(f"create table {table.name} as select * from read_parquet('{file}')")
    connection.register("participant", truth.participants)
    connection.execute(f"create table event as {LAB.sql.events}")
    connection.execute(
        "create table chosen_event as select e.* from event e join participant using (event_id)"
    )
    connection.execute("create table chosen as select event_id, person_id, index_date from chosen_event")
    yield connection
    connection.close()


def test_the_effect_is_the_one_asked_for(world, truth):
    analysed = truth.participants.filter("analysable")
    mean = (analysed["p1"] - analysed["p0"]).mean()
    assert truth.effect == pytest.approx(mean)
    assert mean == pytest.approx(LAB.synthetic.programme["effect"], abs=0.012)
    assert world.hazard_ratio > 1
    assert world.effect_amount > 7


def test_every_participant_has_an_event_of_the_lab(tables, truth):
    assert tables.execute("select count(*) from chosen").fetchall()[0][0] == len(truth.participants)


def test_chances_agree_with_what_happened(tables, truth):
    found = tables.sql(LAB.sql.outcomes, params={"months": 24}).pl()
    analysed = truth.participants.join(found, on="event_id").filter("analysable")
    error = (0.25 / len(analysed)) ** 0.5
    assert analysed["employed"].mean() == pytest.approx(analysed["p1"].mean(), abs=3.5 * error)
    weeks = analysed["e1"].mean() / 7
    spread = analysed["weeks_in_work"].std() / len(analysed) ** 0.5
    assert analysed["weeks_in_work"].mean() == pytest.approx(weeks, abs=3.5 * spread)


def test_before_start_is_what_the_lab_measures(tables, truth):
    tables.execute("create or replace view started as select * from participant")
    dropped = {row[0] for row in tables.execute(LAB.sql.before_start).fetchall()}
    assert dropped == set(truth.participants.filter("before_start")["event_id"])
    assert dropped


def test_who_takes_part_is_known_by_the_covariates(tables, truth):
    """The days that joining looks at are the weeks that the lab's covariates count."""
    found = tables.sql(LAB.sql.covariates).pl()
    assert set(found["status"]) <= set(LAB.synthetic.programme["kinds"])
    assert found["weeks_in_work_before"].max() <= 731 / 7
    assert len(found) == len(truth.participants)


def test_the_plain_comparison_is_biased(tables, truth):
    pool = tables.execute("""
        select avg(coalesce(work, false)::int) from (
            select bool_or(start_date <= date '2023-10-01' and coalesce(end_date >= date '2023-10-01', true)) as work
            from people left join jobs using (person_id)
            where date_of_birth between date '1958-01-01' and date '2005-01-01'
              and person_id not in (select person_id from participant)
            group by person_id
        )
    """).fetchall()[0][0]
    assert truth.participants["p0"].mean() < pool - 0.1


def test_the_list_needs_nothing_fixed(world):
    cohort = read_cohort(world.cohort, LAB)
    assert cohort.ready
    assert cohort.people["national_insurance_number"].is_null().mean() == pytest.approx(0.55, abs=0.06)


def test_the_same_seed_is_the_same_world(world, truth, tmp_path):
    again = write_twin(LAB, 60_000, 3, tmp_path, participants=900, replicates=150)
    assert read_truth(tmp_path).participants.equals(truth.participants)
    for name in again.rows:
        file = f"{name}.parquet"
        assert pl.read_parquet(again.records / file).equals(pl.read_parquet(world.records / file))
