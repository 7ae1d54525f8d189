"""The one-machine engine: DuckDB over the register's Parquet files, shut off from everything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from likeforlike.errors import LabProblem, RegisterProblem
from likeforlike.records.engine import Parameters

if TYPE_CHECKING:
    import polars as pl

MEMORY = "4GB"
NAMED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


def connect(
    *, threads: int | None = None, memory: str = MEMORY, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB in memory that sees no Python variables and fetches no extensions.

    Parameters
    ----------
    threads
        Threads to use; all of the machine's when not given.
    memory
        The most memory to use, as DuckDB writes it.
    spill
        Folder for what does not fit in memory; without it, a query that does not fit fails.
    """
    connection = duckdb.connect(":memory:")
    if threads is not None:
        connection.execute(f"set threads = {int(threads)}")
    connection.execute(f"set memory_limit = {quoted(memory)}")
    connection.execute(f"set temp_directory = {quoted(str(spill) if spill else '')}")
    for setting in (
        "enable_progress_bar",
        "python_enable_replacements",
        "autoinstall_known_extensions",
        "autoload_known_extensions",
    ):
        connection.execute(f"set {setting} = false")
    return connection


def quoted(text: str) -> str:
    """The text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def _reason(error: duckdb.Error) -> str:
    # Other errors (conversions, say) quote the value that failed, which may be a person's.
    if isinstance(error, duckdb.ParserException | duckdb.CatalogException | duckdb.BinderException):
        return str(error).splitlines()[0].rstrip(".")
    return type(error).__name__


class DuckDBEngine:
    """Lab SQL over Parquet files; no query can read or write anything but those."""

    def __init__(
        self, tables: Mapping[str, Path], *, threads: int | None = None, memory: str = MEMORY
    ) -> None:
        self._connection = connect(threads=threads, memory=memory)
        paths = ", ".join(quoted(str(p)) for p in tables.values())
        self._connection.execute(f"set allowed_paths = [{paths}]")
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")
        for name, path in tables.items():
            self._connection.execute(f'create view "{name}" as from read_parquet({quoted(str(path))})')

    def query(self, sql: str, parameters: Parameters | None = None, **frames: pl.DataFrame) -> pl.DataFrame:
        """Run one `select`; see `Engine.query`.

        Raises
        ------
        LabProblem
            The query is not valid or reaches for a file; the sentence shows no value of the data.
        RegisterProblem
            The query needs more memory than the engine may use.
        """
        return run_query(self._connection, sql, parameters, frames)


def run_query(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Parameters | None,
    frames: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """Run one `select` beside `frames`; see `Engine.query` and `DuckDBEngine.query`."""
    used = {k: v for k, v in (parameters or {}).items() if k in set(NAMED.findall(sql))}
    cursor = connection.cursor()
    try:
        for name, frame in frames.items():
            cursor.register(name, frame)
        whole = f"select * from (\n{sql.rstrip().rstrip(';')}\n) order by all"
        result: pl.DataFrame = cursor.sql(whole, params=used).pl()
    except duckdb.OutOfMemoryException:
        raise RegisterProblem("The register is too large for the memory allowed: allow more.") from None
    except duckdb.Error as error:
        raise LabProblem(f"A query of the lab cannot run: {_reason(error)}.") from None
    finally:
        for name in frames:
            cursor.unregister(name)
        cursor.close()
    return result
