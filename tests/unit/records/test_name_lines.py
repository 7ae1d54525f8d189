"""Name records that `write_lookup` has written come back as they were."""

import json
from types import SimpleNamespace

import duckdb
import numpy as np
import polars as pl
import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.records import write_lookup as writing
from likeforlike.records.lookup import FILE, HASH_SQL, open_lookup
from likeforlike.records.name_lines import SEPARATOR

COLUMNS = ("forename", "surname", "person_id")
ROWS = [
    ("AOIFE", "O'NEILL", "P 1"),
    (None, "ŁUKASZ", "P  2 "),
    ("名前", None, "'P3"),
    (None, None, "P4"),
    ('"', "; drop table names", "=P5"),
    ("A" * 300, "👩‍👩‍👧", "P6"),
    ("LINE\nBREAK", "TAB\tBED", "P7"),
]


def prepared(weighed: tuple[str, ...] = ("surname",)) -> SimpleNamespace:
    """Linkage's wishes for three columns: surnames are keys, and weighed."""
    entry = "(hash(surname) & ~((1::ubigint << {0}) - 1)) | {1}::ubigint as entry"
    known = "from linkage_names where surname is not null"
    return SimpleNamespace(
        columns=COLUMNS,
        weighed=weighed,
        key_entries=lambda bits: f"select {entry.format(bits, 'record')} {known}",
        frequency_entries=lambda bits: f"select {entry.format(bits, 'count(*)')} {known} group by surname",
    )


def written(folder, rows, columns=COLUMNS):
    wanted = prepared()
    wanted.columns = columns
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row").with_row_index(
        "record"
    )
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        connection.execute("create view linkage_names as select * from frame")
        counted = writing.write_lookup(connection, wanted, folder, lambda _: None)
        hashed = connection.sql(HASH_SQL).fetchall()[0][0]
    return open_lookup(folder, hashed), counted


def take(lookup, *records):
    return lookup.names.take(pl.Series(records, dtype=pl.Int64))


def test_every_value_comes_back(tmp_path):
    lookup, _ = written(tmp_path, ROWS)
    assert take(lookup, *range(len(ROWS))).rows() == [(i, *row) for i, row in enumerate(ROWS)]
    assert len(lookup.names) == len(ROWS)


def test_in_any_order_and_as_often_as_asked(tmp_path):
    lookup, _ = written(tmp_path, ROWS)
    assert take(lookup, 5, 0, 5, 2).rows() == [(i, *ROWS[i]) for i in (5, 0, 5, 2)]


def test_nothing_asked_gives_the_columns(tmp_path):
    taken = take(written(tmp_path, ROWS)[0])
    assert dict(taken.schema) == {"record": pl.Int64, **dict.fromkeys(COLUMNS, pl.String)}
    assert taken.is_empty()


def test_an_empty_text_says_as_little_as_a_missing_one(tmp_path):
    assert take(written(tmp_path, [("", "", "P1")])[0], 0).rows() == [(0, None, None, "P1")]


def test_the_separator_cannot_move_a_value_into_the_next_column(tmp_path):
    split = [(f"A{SEPARATOR}B", f"{SEPARATOR}C{SEPARATOR}", f"P{SEPARATOR}1")]
    assert take(written(tmp_path, split)[0], 0).rows() == [(0, "AB", "C", f"P{SEPARATOR}1")]


def test_records_of_nothing_at_all(tmp_path):
    lookup, _ = written(tmp_path, [(None, None, None)] * 3)
    assert take(lookup, 2, 0).rows() == [(2, None, None, None), (0, None, None, None)]


def test_a_single_column(tmp_path):
    lookup, _ = written(tmp_path, ROWS, columns=("person_id",))
    assert take(lookup, 0, 1)["person_id"].to_list() == ["P 1", "P  2 "]


def test_a_register_without_names(tmp_path):
    lookup, counted = written(tmp_path, [])
    assert len(lookup.names) == 0
    assert take(lookup).is_empty()
    assert lookup.keys.find(np.array([1], dtype=np.uint64)).length.tolist() == [0]
    assert counted["keys.bin"] == counted["frequencies.bin"] == 0


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_batches_of_any_size_make_the_same_files(tmp_path, monkeypatch, batch):
    monkeypatch.setattr(writing, "BATCH", batch)
    many = ROWS * 1_000
    (tmp_path / "small").mkdir()
    lookup, _ = written(tmp_path / "small", many)
    monkeypatch.undo()
    (tmp_path / "whole").mkdir()
    written(tmp_path / "whole", many)
    assert take(lookup, 6_999, 3_500).rows() == [(i, *many[i]) for i in (6_999, 3_500)]
    for file in (tmp_path / "whole").iterdir():
        assert (tmp_path / "small" / file.name).read_bytes() == file.read_bytes()


def test_what_was_written_is_counted(tmp_path):
    lookup, counted = written(tmp_path, [*ROWS, ROWS[0]])
    assert counted == {"names.txt": 8, "names.bin": 8, FILE: 1, "keys.bin": 6, "frequencies.bin": 5}
    assert lookup.known == {"surname": 6}


def test_another_hash_function_is_refused(tmp_path):
    written(tmp_path, ROWS)
    with pytest.raises(RegisterProblem, match="another version of DuckDB: build it again"):
        open_lookup(tmp_path, json.loads((tmp_path / FILE).read_text())["hash"] + 1)
