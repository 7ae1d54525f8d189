"""Writes what linkage looks up, streaming from DuckDB: memory does not grow with the register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa

from likeforlike.records.hash_index import number_bits
from likeforlike.records.lookup import FILE, FREQUENCIES, HASH_SQL, KEYS, OFFSETS, TEXT
from likeforlike.records.name_lines import RECORD, line_sql
from likeforlike.records.workbench import one_row
from likeforlike.terms import Progress

if TYPE_CHECKING:
    from likeforlike.linkage.prepare import Preparation

BATCH = 250_000


def write_lookup(
    connection: duckdb.DuckDBPyConnection, prepared: Preparation, folder: Path, progress: Progress
) -> dict[str, int]:
    """Write the look-up files of the view `linkage_names` into the folder.

    Returns
    -------
    dict
        The name of each file written and its entries.
    """
    records = one_row(connection, "select count(*) from linkage_names")[0]
    bits = number_bits(records)
    progress("Writing the name records")
    lines = f"select {line_sql(prepared.columns)} as line from linkage_names order by {RECORD}"
    written = {TEXT: records, OFFSETS: records, FILE: 1}
    _write_lines(connection, lines, folder)
    progress("Counting names")
    counted = f"select * from ({prepared.frequency_entries(bits)}) order by entry"
    written[FREQUENCIES] = _write_words(connection, counted, folder / FREQUENCIES)
    progress("Sorting the blocking keys")
    keyed = f"select * from ({prepared.key_entries(bits)}) order by entry"
    written[KEYS] = _write_words(connection, keyed, folder / KEYS)
    known = {
        field: one_row(connection, f"select count({field}) from linkage_names")[0]
        for field in prepared.weighed
    }
    hashed = one_row(connection, HASH_SQL)[0]
    about = {"records": records, "columns": prepared.columns, "known": known, "hash": hashed}
    (folder / FILE).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return written


def _batches(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.Array]:
    reader: pa.RecordBatchReader = connection.sql(sql).to_arrow_reader(BATCH)
    for batch in reader:
        yield batch.column(0)


def _write_words(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> int:
    with path.open("wb") as file:
        for words in _batches(connection, sql):
            words.to_numpy().tofile(file)
    return path.stat().st_size // 8


def _write_lines(connection: duckdb.DuckDBPyConnection, sql: str, folder: Path) -> None:
    end = 0
    with (folder / TEXT).open("wb") as text, (folder / OFFSETS).open("wb") as places:
        np.array([0], dtype=np.int64).tofile(places)
        for lines in _batches(connection, sql):
            whole = lines.cast(pa.large_string())
            _, offsets, data = whole.buffers()
            starts = np.frombuffer(offsets, np.int64)[whole.offset : whole.offset + len(whole) + 1]
            text.write(memoryview(data)[starts[0] : starts[-1]])
            (starts[1:] - starts[0] + end).tofile(places)
            end += int(starts[-1] - starts[0])
