"""The sorted parts that Spark wrote as one stream, in batches that do not show where a part ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 122_880
"""Of a batch: DuckDB's row group, so that the file it writes is the one it would write of its own."""


def whole_batches(parts: Sequence[Path]) -> pa.RecordBatchReader:
    """Rows of all parts, in their order, in batches of `ROWS`; only the last may be shorter."""
    schema = pq.ParquetFile(parts[0]).schema_arrow
    return pa.RecordBatchReader.from_batches(schema, _batches(parts, schema))


def _batches(parts: Sequence[Path], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    waiting = schema.empty_table()
    for part in parts:
        for batch in pq.ParquetFile(part).iter_batches(ROWS):
            waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
            while waiting.num_rows >= ROWS:
                yield _one(waiting.slice(0, ROWS))
                waiting = waiting.slice(ROWS)
    if waiting.num_rows:
        yield _one(waiting)


def _one(table: pa.Table) -> pa.RecordBatch:
    return table.combine_chunks().to_batches()[0]
