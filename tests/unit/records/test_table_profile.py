"""The custodian's profile of an extract: what is missing, implausible, has holes, or moved."""

from datetime import date

import polars as pl
import pytest

from likeforlike.kit.made_up import VINTAGE, made_up_tables
from likeforlike.labs import load_lab
from likeforlike.records.profile import profile_tables

LAB = load_lab("employment")


@pytest.fixture
def write(tmp_path):
    def written(name, **changes):
        folder = tmp_path / name
        folder.mkdir()
        for table, frame in (made_up_tables(LAB) | changes).items():
            frame.write_parquet(folder / f"{table}.parquet")
        (folder / "extract.toml").write_text(f"vintage = {VINTAGE}\n")
        return folder

    return written


def one(found, table, column):
    return next(c for c in found.columns if (c.table, c.column) == (table, column))


def test_shares_are_those_of_the_table(write):
    jobs = made_up_tables(LAB)["jobs"]
    some = pl.int_range(pl.len()) % 4 == 0
    pay = pl.when(some).then(None).otherwise("weekly_pay").alias("weekly_pay")
    found = profile_tables(LAB, write("now", jobs=jobs.with_columns(pay)))
    assert one(found, "jobs", "weekly_pay").missing == 0.25
    start = one(found, "jobs", "start_date")
    assert (start.earliest, start.latest) == (jobs["start_date"].min(), jobs["start_date"].max())
    assert sum(n for _, n in start.years) == jobs.height
    assert sum(share for _, share in one(found, "claims", "benefit").codes) == pytest.approx(1)
    assert found.to_frame().height == sum(len(t.column) for t in LAB.records.table)
    assert found.to_dict()["columns"][0]["table"] == "people"


def test_what_is_implausible_or_empty_is_said(write):
    tables = made_up_tables(LAB)
    old = (
        pl.when(pl.int_range(pl.len()) % 10 == 0)
        .then(date(1901, 1, 1))
        .otherwise("start_date")
        .alias("start_date")
    )
    nothing = pl.lit(None, pl.String).alias("level")
    folder = write(
        "now", jobs=tables["jobs"].with_columns(old), courses=tables["courses"].with_columns(nothing)
    )
    remarks = profile_tables(LAB, folder).remarks
    assert "jobs.start_date: 10.0% of the values are implausible: mend the export." in remarks
    assert "courses.level is empty throughout: export it, or take it out of the lab." in remarks


def test_a_hole_in_the_years_is_said(write):
    claims = made_up_tables(LAB)["claims"]
    year = pl.col("start_date").dt.year()
    folder = write("now", claims=claims.filter((year != 2020) | (pl.int_range(pl.len()) % 9 == 0)))
    assert any("claims.start_date: 2020 has" in r for r in profile_tables(LAB, folder).remarks)


def test_what_moved_since_an_earlier_extract_is_said(write):
    claims = made_up_tables(LAB)["claims"]
    first = pl.lit("income support").alias("benefit")
    before, now = write("before"), write("now", claims=claims.with_columns(first))
    remarks = profile_tables(LAB, now, earlier=before).remarks
    assert any("claims.benefit: 100% are 'income support'" in r for r in remarks)
    assert not any("earlier" in r for r in profile_tables(LAB, before, earlier=before).remarks)
