"""What every stage may ask of the records: SQL in, a frame out, whatever runs it underneath."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

Parameters = Mapping[str, object]


class Engine(Protocol):
    """Runs lab SQL, written in DuckDB's dialect, over the register's tables."""

    def query(self, sql: str, parameters: Parameters | None = None, **frames: pl.DataFrame) -> pl.DataFrame:
        """Run one `select` over the register's tables and `frames`.

        Parameters
        ----------
        sql
            One `select`; `$name` stands for a parameter. Its own `order by` has no effect without a `limit`.
        parameters
            Values by name; those that the query does not mention are ignored.
        frames
            Tables that the query may name beside the register's.

        Returns
        -------
        pl.DataFrame
            The result, sorted by all its columns from left to right, so that it is the same every time.
        """


class Extract(Engine, Protocol):
    """An engine over the records of one date."""

    @property
    def vintage(self) -> date:
        """The date of the extract: nothing after it is known."""
