"""Cleaning a department's tables on Spark: each executor reads its part of a file with DuckDB, Spark does the rest.

What concerns one row (reading values, standard forms of names) is the build's own SQL in DuckDB, on each executor.
What concerns many (counts, references, keys, order) is the same SQL translated. The driver only joins the sorted parts
into one file, as they stream past, so that a register is the same whatever built it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from likeforlike.errors import RegisterProblem
from likeforlike.records.duckdb import quoted
from likeforlike.records.source import SourceFile
from likeforlike.records.spark.by_row import SLICE, by_row
from likeforlike.records.spark.dialect import tables_of, to_spark
from likeforlike.records.spark.parts import whole_batches
from likeforlike.records.workbench import FILE, DuckDBWorkbench, write_numbered

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SPARK_TYPES = {"VARCHAR": "string", "UTINYINT": "smallint"}
STREAM = "sorted_parts"
NUMBERS = count()


class SparkWorkbench:
    """See `Workbench`; CSV files, which nothing can read in parts, are read by DuckDB on the driver."""

    def __init__(self, session: SparkSession, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._session = session
        self._local = DuckDBWorkbench(connection)
        self._own = f"likeforlike_build_{next(NUMBERS)}"
        self._views: dict[str, str] = {}
        self._kept: dict[str, Path] = {}

    def by_row(
        self, name: str, sql: str, relation: str, source: SourceFile, work: Path, *, once: bool = False
    ) -> None:
        """See `Workbench.by_row`."""
        if source.kind == "csv":
            self._local.by_row(name, sql, relation, source, work, once=once)
            self._read(name, work)
            return
        described = self.connection.execute(f"describe {sql.replace(FILE, relation)}").fetchall()
        schema = ", ".join(f"`{row[0]}` {SPARK_TYPES.get(row[1], row[1].lower())}" for row in described)
        with _in_words():
            rows = by_row(self._session, sql.replace(FILE, SLICE), str(source.path), schema)
            if once:
                rows.createOrReplaceTempView(self._view(name))
                return
            rows.write.mode("overwrite").parquet(str(work))
        self._kept[name] = work
        self._read(name, work)

    def define(self, name: str, sql: str) -> None:
        """See `Workbench.define`."""
        with _in_words():
            self._session.sql(self._translated(sql)).createOrReplaceTempView(self._view(name))

    def count(self, sql: str) -> tuple[int, ...]:
        """See `Workbench.count`."""
        with _in_words():
            found = self._session.sql(self._translated(sql)).collect()[0]
        return tuple(int(value) for value in found)

    def write(self, sql: str, order: Sequence[str], target: Path, *, number: str = "") -> None:
        """See `Workbench.write`."""
        parts = target.with_suffix(".parts")
        with _in_words():
            ordered = self._session.sql(self._translated(f"{sql} order by {', '.join(order)}"))
            ordered.write.mode("overwrite").parquet(str(parts))
        joined = target.with_suffix(".joined")
        with whole_batches(sorted(parts.glob("part-*.parquet"))) as stream:
            self.connection.register(STREAM, stream)
            self.connection.execute(f"copy {STREAM} to {quoted(str(joined))} (format parquet)")
            self.connection.unregister(STREAM)
        # read from one file, DuckDB knows which columns have no gaps, and writes that down as it does of its own
        write_numbered(self.connection, f"select * from read_parquet({quoted(str(joined))})", target, number)
        joined.unlink()
        shutil.rmtree(parts)

    def add(self, name: str, path: Path) -> None:
        """See `Workbench.add`."""
        self._local.add(name, path)
        self._read(name, path)

    def forget(self, *names: str) -> None:
        """See `Workbench.forget`."""
        self._local.forget(*names)
        for name in names:
            if view := self._views.pop(name, None):
                self._session.catalog.dropTempView(view)
            if kept := self._kept.pop(name, None):
                shutil.rmtree(kept)

    def close(self) -> None:
        """See `Workbench.close`."""
        self.forget(*self._views)
        self.connection.close()

    def _view(self, name: str) -> str:
        return self._views.setdefault(name, f"{self._own}_{name}")

    def _read(self, name: str, path: Path) -> None:
        with _in_words():
            self._session.read.parquet(str(path)).createOrReplaceTempView(self._view(name))

    def _translated(self, sql: str) -> str:
        return to_spark(sql, {}, {name: self._view(name) for name in tables_of(sql)})


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (PySparkException, Py4JError) as error:
        # Spark's own words may quote a row
        raise RegisterProblem(
            f"Spark could not build the register ({type(error).__name__}): see the cluster's own logs."
        ) from None
