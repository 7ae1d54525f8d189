"""A register that Spark built is the one that DuckDB builds, to the last byte, whatever is wrong in the tables."""

from __future__ import annotations

import polars as pl
import pytest

import likeforlike as lfl
from support.small_records import VINTAGE, SmallRecords, small_records

pytestmark = pytest.mark.spark

LAB = lfl.load_lab("justice")


def _faulty(records: SmallRecords) -> SmallRecords:
    """Every fault that the checks know: missing, doubled, of no code, of the wrong type, out of time, to nowhere."""
    tables = records.tables
    people = tables["people"].with_row_index("i")
    nth = pl.col("i") % 40
    people = people.with_columns(
        person_id=pl.when(nth == 1).then(None).otherwise("person_id"),
        sex=pl.when(nth == 2).then(pl.lit("Martian")).otherwise("sex"),
        date_of_birth=pl.when(nth == 3).then(pl.lit("1066-10-14"))
        .when(nth == 4).then(pl.lit("31/02/1980"))
        .when(nth == 5).then(pl.lit("13/05/1970")).otherwise("date_of_birth"),
        ethnicity=pl.when(nth == 6).then(pl.lit("  WHITE ")).otherwise("ethnicity"),
    ).drop("i")  # fmt: skip
    doubled = pl.concat([people, people.head(7)])
    names = tables["names"].with_row_index("i")
    names = names.with_columns(
        surname=pl.when(pl.col("i") % 30 == 1).then(pl.lit("O Connor-SmÃ©th")).otherwise("surname"),
        person_id=pl.when(pl.col("i") % 50 == 3).then(pl.lit("P999999")).otherwise("person_id"),
        pnc_id=pl.when(pl.col("i") % 3 == 0).then(None).otherwise("pnc_id"),
    ).drop("i")
    return records.with_table("people", doubled).with_table("names", names)


@pytest.fixture(scope="module")
def built(spark, tmp_path_factory):
    home = tmp_path_factory.mktemp("build")
    source = _faulty(small_records(120)).write(home / "records", kind="parquet")
    # one table in many row groups, one as CSV
    pl.read_parquet(source / "names.parquet").write_parquet(source / "names.parquet", row_group_size=80)
    pl.read_parquet(source / "offences.parquet").write_csv(source / "offences.csv")
    (source / "offences.parquet").unlink()
    duckdb = lfl.build_register(LAB, source, home / "duckdb", vintage=VINTAGE, threads=1)
    return duckdb, lfl.build_register(LAB, source, home / "spark", vintage=VINTAGE, threads=2, engine="spark")


def test_both_registers_are_the_same_files(built):
    duckdb, spark = built
    assert spark.manifest.to_json() == duckdb.manifest.to_json()
    assert spark.sha256 == duckdb.sha256
    for entry in duckdb.manifest.files:
        assert (spark.folder / entry.path).read_bytes() == (duckdb.folder / entry.path).read_bytes()


def test_the_tables_were_as_bad_as_they_should_be(built):
    _, spark = built
    found = {check.fault for check in spark.manifest.checks}
    assert found >= {
        "missing",
        "duplicate_key",
        "unknown_code",
        "too_early",
        "wrong_type",
        "broken_reference",
    }
    assert "garbled_text" in found


def test_nothing_is_left_beside_the_register(built):
    _, spark = built
    assert {path.name for path in spark.folder.parent.iterdir()} == {"records", "duckdb", "spark"}
    assert {path.name for path in (spark.folder / "tables").iterdir()} == {
        f"{table.name}.parquet" for table in LAB.records.table
    }


def test_the_whole_lab_opens_it(built):
    _, spark = built
    assert type(spark.engine).__name__ == "SparkEngine"
    assert (
        spark.query("select count(*) as n from people").item()
        == spark.manifest.entry("tables/people.parquet").rows
    )
