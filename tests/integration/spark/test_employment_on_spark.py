"""The employment lab's queries on Spark: the rows of DuckDB, stage by stage, of spells made up at random."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import likeforlike as lfl
from likeforlike.followup.events import participant_events, pool_events
from likeforlike.kit.made_up import VINTAGE, made_up_tables
from likeforlike.records.duckdb import DuckDBEngine

pytestmark = pytest.mark.spark
LAB = lfl.load_lab("employment")


@pytest.fixture(scope="module")
def same(spark, tmp_path_factory):
    """Asks both engines, and gives what both say."""
    from likeforlike.records.spark.engine import SparkEngine

    folder = tmp_path_factory.mktemp("spells")
    for name, table in made_up_tables(LAB).items():
        table.write_parquet(folder / f"{name}.parquet", row_group_size=200)
    paths = {table.name: folder / f"{table.name}.parquet" for table in LAB.records.table}
    engines = DuckDBEngine(paths, threads=2), SparkEngine(paths, spark)

    def ask(sql, parameters=None, **frames):
        duckdb, found = (engine.query(sql, parameters, **frames) for engine in engines)
        assert_frame_equal(duckdb, found, check_exact=True)
        return found

    return ask


def test_every_stage_has_the_same_rows(same):
    vintage = {"vintage": VINTAGE}
    some = same(LAB.sql.events).sort("event_id").unique("person_id", keep="last", maintain_order=True)
    listed = some.head(30).select(
        pl.int_range(pl.len()).alias("participant"),
        "person_id",
        intervention_start=pl.col("index_date") + timedelta(9),
    )
    followed = same(participant_events(LAB), vintage, participant=listed)
    assert followed.height > 20
    period = followed.select(pl.col("index_date").dt.truncate("1q").alias("quarter")).unique().sort("quarter")
    pool = same(pool_events(LAB), vintage, period=period, cohort_person=listed.select("person_id"))
    assert pool.height > 20
    units = pool.select("event_id", "person_id", "index_date").sort("event_id")
    known = same(LAB.sql.covariates, chosen=units, chosen_event=pool.drop("excluded").sort("event_id"))
    assert known["weeks_in_work_before"].n_unique() > 5
    same(LAB.sql.before_start, started=units.with_columns(start_date=pl.col("index_date") + timedelta(20)))
    happened = same(LAB.sql.outcomes, {"months": 24, "settle_months": 3}, chosen=units)
    assert happened.height == units.height
    assert happened["weeks_in_work"].n_unique() > 5
    same(LAB.sql.negative_controls, {"months": 24, "settle_months": 3}, chosen=units)
