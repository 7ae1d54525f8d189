"""Where a department's table is cleaned: relations by name and SQL over them, whatever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import duckdb

from likeforlike.records.duckdb import quoted
from likeforlike.records.source import SourceFile

PARQUET = "(format parquet, compression zstd)"
FILE = "file_read"
"""What a query by row calls the file that it reads."""


class Workbench(Protocol):
    """Runs the SQL of a build, in DuckDB's dialect."""

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """DuckDB with a view of each finished table."""

    def by_row(
        self, name: str, sql: str, relation: str, source: SourceFile, work: Path, *, once: bool = False
    ) -> None:
        """Make what a query gives for each row of a file the relation `name`.

        Parameters
        ----------
        name
            Of the new relation.
        sql
            One `select` over `FILE`, each of its rows from one row of that.
        relation
            How DuckDB reads the file.
        source
            The file.
        work
            Place for the rows until `forget`.
        once
            They are read once, and may be made then.
        """

    def define(self, name: str, sql: str) -> None:
        """Give a query a name."""

    def count(self, sql: str) -> tuple[int, ...]:
        """The one row of a query that counts."""

    def write(self, sql: str, order: Sequence[str], target: Path, *, number: str = "") -> None:
        """Write a query's rows as one Parquet file, in order; `number` counts them from 0 in a first column."""

    def add(self, name: str, path: Path) -> None:
        """Make a finished file the relation `name`."""

    def forget(self, *names: str) -> None:
        """Drop relations and what was kept for them."""

    def close(self) -> None:
        """Let go of everything."""


class DuckDBWorkbench:
    """On one machine, within its memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._kept: dict[str, Path] = {}

    def by_row(
        self,
        name: str,
        sql: str,
        relation: str,
        source: SourceFile,  # noqa: ARG002
        work: Path,
        *,
        once: bool = False,
    ) -> None:
        """See `Workbench.by_row`."""
        query = sql.replace(FILE, relation)
        if once:
            self.define(name, query)
            return
        self.connection.execute(f"copy ({query}) to {quoted(str(work))} (format parquet)")
        self._kept[name] = work
        self.add(name, work)

    def define(self, name: str, sql: str) -> None:
        """See `Workbench.define`."""
        self.connection.execute(f'create or replace view "{name}" as {sql}')

    def count(self, sql: str) -> tuple[int, ...]:
        """See `Workbench.count`."""
        return one_row(self.connection, sql)

    def write(self, sql: str, order: Sequence[str], target: Path, *, number: str = "") -> None:
        """See `Workbench.write`."""
        ordered = f"{sql} order by {', '.join(order)}"
        write_numbered(self.connection, ordered, target, number)

    def add(self, name: str, path: Path) -> None:
        """See `Workbench.add`."""
        self.define(name, f"from read_parquet({quoted(str(path))})")

    def forget(self, *names: str) -> None:
        """See `Workbench.forget`."""
        for name in names:
            self.connection.execute(f'drop view if exists "{name}"')
            if name in self._kept:
                self._kept.pop(name).unlink()

    def close(self) -> None:
        """See `Workbench.close`."""
        self.connection.close()


def one_row(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, ...]:
    """The first row of a query that counts."""
    return tuple(int(v) for v in connection.execute(sql).fetchall()[0])


def write_numbered(connection: duckdb.DuckDBPyConnection, sql: str, target: Path, number: str) -> None:
    """Write rows that are in order, numbered if asked."""
    if number:
        sql = f"select cast(row_number() over () - 1 as bigint) as {number}, * from ({sql})"
    connection.execute(f"copy ({sql}) to {quoted(str(target))} {PARQUET}")
