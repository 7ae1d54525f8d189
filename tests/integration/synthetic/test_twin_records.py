"""The twin's tables are what `records.toml` describes, and hold together."""

import polars as pl
import pytest

from likeforlike.synthetic.files import TYPES


@pytest.fixture(scope="module")
def tables(lab, twin):
    return {t.name: pl.read_parquet(twin.records / f"{t.name}.parquet") for t in lab.records.table}


def test_columns_types_and_codes(lab, tables):
    for table in lab.records.table:
        frame = tables[table.name]
        assert frame.schema == {c.name: TYPES[c.type] for c in table.column}
        assert frame.select(table.key).is_unique().all()
        for column in table.column:
            values = frame[column.name]
            assert not (column.required and values.null_count()), column.name
            if column.codes:
                assert set(values.drop_nulls().unique()) <= set(column.codes)


def test_references_lead_somewhere(lab, tables):
    for table in lab.records.table:
        for column in table.column:
            if column.references:
                other, key = column.references.split(".")
                assert tables[table.name][column.name].is_in(tables[other][key].implode()).all()


def test_nothing_is_known_after_the_vintage(twin, tables):
    assert tables["disposals"]["disposal_date"].max() <= twin.vintage
    assert tables["disposals"]["index_date"].max() <= twin.vintage
    assert tables["offences"]["offence_date"].max() <= twin.vintage
    assert (twin.records / "extract.toml").read_text() == f"vintage = {twin.vintage}\n"


def test_every_disposal_has_its_offences(tables):
    assert set(tables["disposals"]["disposal_id"]) == set(tables["offences"]["disposal_id"])


def test_only_prisoners_have_a_prison_number(tables):
    prisoners = tables["disposals"].filter(pl.col("kind") == "custody")["person_id"].unique()
    named = tables["names"].filter(pl.col("prison_id").is_not_null())["person_id"].unique()
    assert set(named) == set(prisoners)


def test_shares_of_name_records(twin, tables):
    names = tables["names"]
    assert len(names) / twin.people == pytest.approx(1.3, abs=0.02)
    assert names["pnc_id"].is_not_null().mean() == pytest.approx(0.75, abs=0.02)


def test_participants_cannot_be_told_from_the_order_of_the_records(twin, tables):
    took_part = set(pl.read_parquet(twin.truth / "participants.parquet")["person_id"])
    place = (
        tables["people"]
        .with_row_index()["index"]
        .filter(tables["people"]["person_id"].is_in(list(took_part)))
    )
    assert place.mean() / twin.people == pytest.approx(0.5, abs=0.1)
