"""Tables of a PostgreSQL database as Parquet files: through ADBC as Arrow, a batch at a time, all of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq

from likeforlike.errors import RegisterProblem

SCHEMES = ("postgresql", "postgres")
# as one reader of one moment, whatever is written meanwhile; dates in one form, whatever the server prefers
BEGIN = (
    "set transaction isolation level repeatable read read only",
    "set local datestyle = 'ISO, YMD'",
    "set local timezone = 'UTC'",
)


class Database:
    """A connection that reads tables and changes nothing."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @classmethod
    def at(cls, address: str) -> Database:
        """Connect, with the account of the address and the password that `~/.pgpass` has for it.

        Raises
        ------
        RegisterProblem
            The address is none, holds a password or leads nowhere, or the driver is not installed.
        """
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES:
            raise RegisterProblem(
                "The database's address is none that we know: give postgresql://user@host/name."
            )
        if parts.password or "password=" in parts.query:
            raise RegisterProblem(
                "The database's address holds a password, which others on this machine can see: put it into ~/.pgpass "
                "and leave it out."
            )
        try:
            from adbc_driver_postgresql import dbapi
        except ModuleNotFoundError:
            raise RegisterProblem(
                "The driver for PostgreSQL is not installed: install it with `pip install likeforlike[postgresql]`, "
                "or export the tables."
            ) from None
        try:
            connection = dbapi.connect(address)
            with connection.cursor() as cursor:
                for sentence in BEGIN:
                    cursor.execute(sentence)
        except dbapi.Error:
            # its own words may hold the address
            raise RegisterProblem(
                "The database does not answer or does not let this account in: check address, account and ~/.pgpass."
            ) from None
        return cls(connection)

    def headings(self, table: str) -> list[str]:
        """Columns of a table or view.

        Raises
        ------
        RegisterProblem
            It is not there, or this account may not read it.
        """
        with self._asked(f"select * from {_quoted(table)} limit 0", table) as cursor:
            return [str(column[0]) for column in cursor.description]

    def export(self, table: str, columns: list[str], target: Path) -> None:
        """Write some columns as Parquet, every value as text; no more than a batch is in memory.

        Raises
        ------
        RegisterProblem
            The table cannot be read to its end.
        """
        # numbers, dates and codes of a database's own types all have one written form
        chosen = ", ".join(f"cast({_quoted(c)} as text) as {_quoted(c)}" for c in columns)
        with (
            self._asked(f"select {chosen} from {_quoted(table)}", table) as cursor,
            cursor.fetch_record_batch() as batches,
            pq.ParquetWriter(target, batches.schema) as writer,
        ):
            for batch in batches:
                writer.write_batch(batch)

    @contextmanager
    def _asked(self, sql: str, table: str) -> Iterator[Any]:
        import pyarrow as pa
        from adbc_driver_postgresql import dbapi

        try:
            with self._connection.cursor() as cursor:
                cursor.execute(sql)
                yield cursor
        except (dbapi.Error, pa.ArrowException):
            # the database's own words may quote a row
            raise RegisterProblem(
                f"The database's table '{table}' cannot be read: check its name (with its schema, like hr.people) and "
                "that this account may read it."
            ) from None

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._connection.close()


def _quoted(name: str) -> str:
    """A name, or a schema's and a table's with a dot between, as PostgreSQL has it in its catalogue."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))
