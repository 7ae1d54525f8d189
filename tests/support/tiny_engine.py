"""A reference engine: the same SQL over frames in memory, for worlds small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import polars as pl


class TinyEngine:
    """Runs lab SQL over the given tables; knows nothing of files or registers."""

    def __init__(self, vintage: date, tables: Mapping[str, pl.DataFrame]) -> None:
        self.vintage = vintage
        self._tables = dict(tables)

    def query(
        self, sql: str, parameters: Mapping[str, object] | None = None, **frames: pl.DataFrame
    ) -> pl.DataFrame:
        used = {k: v for k, v in (parameters or {}).items() if f"${k}" in sql}
        with duckdb.connect(":memory:") as connection:
            for name, frame in (self._tables | frames).items():
                connection.register(name, frame)
            return connection.sql(f"select * from (\n{sql}\n) order by all", params=used).pl()
