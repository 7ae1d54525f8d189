"""A seal is of values: any frame of units has the same one after Parquet, and another after any change."""

import io
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.matching.seal import seal

UNIT = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    st.booleans(),
    st.none() | st.floats(allow_nan=False),
    st.none() | st.booleans(),
    st.sampled_from(["a", "b", "unknown"]),
)
SCHEMA = {
    "event_id": pl.String,
    "index_date": pl.Date,
    "treated": pl.Boolean,
    "weight": pl.Float64,
    "flag": pl.Boolean,
    "level": pl.Enum(["a", "b", "unknown"]),
}


@settings(max_examples=30)
@given(st.lists(UNIT, max_size=8), st.floats(min_value=0, max_value=5))
def test_a_seal_is_the_same_after_parquet(units, caliper):
    frame = pl.DataFrame(units, schema=SCHEMA, orient="row")
    frame.write_parquet(file := io.BytesIO())
    file.seek(0)
    kept = pl.read_parquet(file)
    assert seal("plan", caliper, kept) == seal("plan", caliper, frame)
    assert seal("plan", caliper, kept.rechunk()) == seal("plan", caliper, pl.concat([frame[:1], frame[1:]]))


@given(st.lists(UNIT, min_size=2, max_size=6, unique_by=lambda unit: unit[0]))
def test_another_order_is_another_seal(units):
    frame = pl.DataFrame(units, schema=SCHEMA, orient="row")
    assert seal("plan", 0.1, frame) != seal("plan", 0.1, frame.reverse())
