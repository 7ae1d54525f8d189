"""The frame in memory, DuckDB and Spark give the same rows, stage by stage, of departments made up at random."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import likeforlike as lfl
from likeforlike.errors import LabProblem
from likeforlike.followup.events import participant_events, pool_events
from likeforlike.records.duckdb import DuckDBEngine
from support.small_records import small_records
from support.tiny_engine import TinyEngine

pytestmark = pytest.mark.spark

VINTAGE = date(2024, 6, 30)
LAB = lfl.load_lab("justice")
KINDS = {"date": pl.Date, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "text": pl.String}


def _awkward(name: str, column: str, text: pl.Series, random: Random) -> pl.Series:
    """What records hold in the worst case: gaps, ties, the last day of February, letters beyond ASCII."""
    required = next(c.required for c in LAB.records.get(name).column if c.name == column)
    values = text.to_list()
    for i in range(len(values)):
        if not required and random.random() < 0.15 and column not in ("person_id", "disposal_id"):
            values[i] = None
        if column == "disposal_date" and random.random() < 0.2:
            values[i] = random.choice(["2020-02-29", "2022-02-28", "2021-12-31", "2022-08-31"])
        if column == "seriousness" and random.random() < 0.5:
            values[i] = 50
        if column == "region" and random.random() < 0.3:
            values[i] = random.choice(["Île", "zeta", "Åse", "a", "Z", "😀"])
    return pl.Series(column, values, text.dtype)


def world(seed: int) -> dict[str, pl.DataFrame]:
    """The tables as a register holds them, awkward in another way for each seed."""
    random, tables = Random(seed), {}
    for name, table in small_records(240, seed).tables.items():
        typed = []
        for column in LAB.records.get(name).column:
            values = _awkward(name, column.name, table[column.name], random)
            if column.type == "date":
                typed.append(values.str.to_date())
            else:
                typed.append(
                    values.cast(pl.Int64).cast(pl.Boolean)
                    if column.type == "boolean"
                    else values.cast(KINDS[column.type])
                )
        tables[name] = pl.DataFrame(typed)
    return tables


@pytest.fixture(scope="module")
def engines(spark, tmp_path_factory):
    from likeforlike.records.spark.engine import SparkEngine

    folder, tables = tmp_path_factory.mktemp("world"), world(1)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet", row_group_size=50)
    paths = {name: folder / f"{name}.parquet" for name in tables}
    return tables, (TinyEngine(VINTAGE, tables), DuckDBEngine(paths, threads=2), SparkEngine(paths, spark))


def same(engines, sql: str, parameters=None, **frames: pl.DataFrame) -> pl.DataFrame:
    memory, duckdb, spark = (engine.query(sql, parameters, **frames) for engine in engines)
    assert_frame_equal(memory, duckdb, check_exact=True)
    assert_frame_equal(duckdb, spark, check_exact=True)
    return spark


def test_index_events_covariates_and_outcomes_are_the_same(engines):
    tables, three = engines
    random = Random(7)
    listed = tables["disposals"].filter(pl.col("index_date").is_not_null()).head(80)
    participants = listed.select(
        pl.int_range(pl.len()).alias("participant"),
        "person_id",
        pl.col("index_date"),
        conviction_date=pl.col("disposal_date"),
        intervention_start=pl.Series([d + timedelta(random.randint(-20, 40)) for d in listed["index_date"]]),
    )
    chosen = same(three, participant_events(LAB), {"vintage": VINTAGE}, participant=participants)
    assert chosen.height > 40
    quarters = [date(y, m, 1) for y in (2019, 2020, 2021, 2022) for m in (1, 4, 7, 10)]
    pool = same(
        *(three, pool_events(LAB), {"vintage": VINTAGE}),
        period=pl.DataFrame({"quarter": quarters}),
        cohort_person=participants.select("person_id").unique(),
    )
    assert pool["excluded"].n_unique() > 2
    events = pool.unique("person_id").sort("event_id")
    units = events.select("event_id", "person_id", "index_date").with_columns(start_days=pl.lit(0))
    known = same(three, LAB.sql.covariates, chosen=units, chosen_event=events.drop("excluded"))
    assert known["copas_rate"].n_unique() > 10
    late = units.with_columns(start_date=pl.col("index_date") + timedelta(200)).drop("start_days")
    assert same(three, LAB.sql.before_start, started=late).height
    window = {"months": 12, "settle_months": 6}
    happened = same(three, LAB.sql.outcomes, window, chosen=units.drop("start_days"))
    assert happened["reoffended"].any()
    same(three, LAB.sql.negative_controls, chosen=units.drop("start_days"))


def test_dates_are_counted_alike(engines):
    _, three = engines
    counted = ", ".join(
        f"date_diff('{unit}', p.date_of_birth, d.index_date) as {unit}s"
        for unit in ("day", "month", "quarter", "year")
    )
    same(
        three,
        f"select disposal_id, {counted}, date_trunc('month', index_date) as month, "
        "index_date + to_months($months) > date '2021-02-28' as later from disposals d join people p using (person_id)",
        {"months": 13},
    )


def test_the_last_digit_of_a_logarithm_is_the_same(engines):
    _, three = engines
    found = same(
        three, "select disposal_id, ln(custody_days / 7.3) as a, exp(-custody_days / 100) as b from disposals"
    )
    assert found["a"].n_unique() > 20


def test_gaps_and_letters_have_the_same_order(engines):
    _, three = engines
    same(
        three,
        "select disposal_id, row_number() over (order by custody_days desc, region, disposal_id) as a, "
        "row_number() over (partition by kind order by region desc, index_date, disposal_id desc) as b, "
        "greatest(region, 'b', null) as c, least(custody_days, 30) as d, nullif(trim(region), 'a') || kind as e, "
        "strftime(index_date, '%Y-%m-%d') as f, coalesce(custody_days, -1) / 7 as g from disposals",
    )
    same(
        three,
        "select kind, min(region) as a, max(region) as b, avg(custody_days) as c, sum(custody_days) as d, "
        "bool_or(custody_days > 600) as e, count(*) filter (index_date is null) as f from disposals group by kind",
    )


def test_the_largest_is_chosen_alike_when_something_is_missing(engines):
    _, three = engines
    same(
        three,
        "select person_id, arg_max(kind, (custody_days, disposal_id)) as longest, "
        "arg_min(kind, (custody_days, disposal_id)) as shortest, arg_max(region, disposal_id) as last, "
        "count(distinct kind) filter (custody_days > 50) as kinds from disposals group by person_id",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "select cast(person_id as double) as number from disposals",
        "select 1 // (custody_days - custody_days) as n, person_id from disposals",
        "select nothing from disposals",
    ],
)
def test_a_query_that_fails_shows_no_value(engines, sql, capfd):
    _, (_, duckdb, spark) = engines
    for engine in (duckdb, spark):
        with pytest.raises(LabProblem) as problem:
            engine.query(sql)
        said = str(problem.value) + "".join(capfd.readouterr())
        assert "P0000" not in said
        assert "Traceback" not in said
