"""Whatever the hashes and the values: the look-up files say what a dictionary and a list would."""

from collections import defaultdict

import duckdb
import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.records.hash_index import HashIndex
from likeforlike.records.name_lines import RECORD, SEPARATOR, NameLines, line_sql

COLUMNS = ("forename", "surname", "person_id")
ends = st.sampled_from([0, 1, 2**63 - 1, 2**63, 2**64 - 2, 2**64 - 1])
few = st.integers(0, 300)
any_hash = st.one_of(ends, few, st.integers(0, 2**64 - 1))


@st.composite
def indexes(draw):
    bits = draw(st.integers(1, 40))
    entries = draw(st.lists(st.tuples(any_hash, st.integers(0, (1 << bits) - 1)), max_size=60))
    return bits, entries


@given(indexes(), st.lists(any_hash, max_size=30), st.data())
def test_an_index_finds_what_a_dictionary_finds(made, strangers, data):
    bits, entries = made
    asked = strangers + data.draw(st.lists(st.sampled_from([h for h, _ in entries] or [0]), max_size=10))
    known = defaultdict(list)
    for hashed, number in entries:
        known[hashed >> bits].append(number)
    words = np.array(sorted(h >> bits << bits | n for h, n in entries), dtype=np.uint64)
    held = HashIndex(words, bits)
    runs = held.find(np.array(asked, dtype=np.uint64))
    which, numbers = held.numbers(runs)
    expected = [(i, n) for i, h in enumerate(asked) for n in sorted(known[h >> bits])]
    assert list(zip(which.tolist(), numbers.tolist(), strict=True)) == expected
    assert runs.length.tolist() == [len(known[h >> bits]) for h in asked]


letters = st.characters(exclude_categories=["Cs"], exclude_characters=SEPARATOR + "\0")
values = st.one_of(
    st.none(), st.text(letters, min_size=1, max_size=12), st.sampled_from(["O'NEILL", "P 1", "'"])
)
records = st.lists(st.tuples(values, values, values), min_size=1, max_size=12)


def lines_of(rows) -> NameLines:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row").with_row_index("i")
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        made = connection.sql(f"select {line_sql(COLUMNS)} from frame order by i").fetchall()
    texts = [line.encode() for (line,) in made]
    ends = np.cumsum([0, *(len(t) for t in texts)], dtype=np.int64)
    return NameLines(COLUMNS, ends, np.frombuffer(b"".join(texts), dtype=np.uint8))


@given(records, st.data())
def test_records_come_back_in_any_order_and_as_often_as_asked(rows, data):
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=15))
    taken = lines_of(rows).take(pl.Series(asked, dtype=pl.Int64))
    assert taken.columns == [RECORD, *COLUMNS]
    assert taken.rows() == [(i, *rows[i]) for i in asked]
