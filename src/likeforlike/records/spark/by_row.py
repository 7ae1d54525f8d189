"""A query that makes each of its rows from one row of a file, run by DuckDB on the executors, a row group at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark import cloudpickle
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

NAME = "likeforlike_by_row"
SLICE = "slice"
"""What the query calls the rows of a row group."""
BATCH = 100_000
"""Rows that are in memory at once."""
PLAIN = {pa.uint8(): pa.int16(), pa.string_view(): pa.string(), pa.large_string(): pa.string()}
"""Spark has no unsigned numbers and no views of text."""


def by_row(session: SparkSession, sql: str, path: str, schema: str) -> DataFrame:
    """What the query gives for the rows of a Parquet file.

    Parameters
    ----------
    session
        Whose executors read the file.
    sql
        Over `SLICE`.
    path
        The file, where every executor finds it.
    schema
        Names and Spark types of the result.
    """
    # the code travels with the query, so that executors need Arrow and DuckDB and nothing of ours
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    session.dataSource.register(_ByRow)
    groups = range(pq.ParquetFile(path).num_row_groups)
    reader = session.read.format(NAME).schema(schema)
    return reader.options(sql=sql, path=path, groups=json.dumps(list(groups))).load()


class _ByRow(DataSource):
    @classmethod
    def name(cls) -> str:
        return NAME

    def reader(self, schema: object) -> DataSourceReader:  # noqa: ARG002
        return _Reader(self.options["sql"], self.options["path"], json.loads(self.options["groups"]))


class _Reader(DataSourceReader):
    def __init__(self, sql: str, path: str, groups: list[int]) -> None:
        self._sql, self._path, self._groups = sql, path, groups

    def partitions(self) -> list[InputPartition]:
        return [InputPartition(group) for group in self._groups]

    def read(self, partition: InputPartition) -> Iterator[pa.RecordBatch]:
        with duckdb.connect(":memory:") as connection:
            for setting in (
                "threads = 1",
                "enable_progress_bar = false",
                "python_enable_replacements = false",
            ):
                connection.execute(f"set {setting}")
            file = pq.ParquetFile(self._path)
            for rows in file.iter_batches(BATCH, row_groups=[partition.value]):
                connection.register(SLICE, pa.Table.from_batches([rows]))
                found = connection.sql(self._sql).to_arrow_table()
                connection.unregister(SLICE)
                yield from found.cast(_plain(found.schema)).to_batches()


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([(field.name, PLAIN.get(field.type, field.type)) for field in schema])
