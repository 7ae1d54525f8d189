"""An engine over a few tables in memory: made up, or the first rows of a department's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab
from likeforlike.records.duckdb import MEMORY, connect, run_query
from likeforlike.records.engine import Parameters
from likeforlike.records.sample import sample_table

SAMPLE = 5_000
"""Rows of each table that are looked at."""


class InMemory:
    """Runs lab SQL over frames; reaches no file."""

    def __init__(self, vintage: date, tables: Mapping[str, pl.DataFrame]) -> None:
        self.vintage = vintage
        self._connection = connect(memory=MEMORY)
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")
        for name, frame in tables.items():
            self._connection.register("loaded", frame)
            self._connection.execute(f'create table "{name}" as from loaded')
            self._connection.unregister("loaded")

    def query(self, sql: str, parameters: Parameters | None = None, **frames: pl.DataFrame) -> pl.DataFrame:
        """Run one `select`; see `Engine.query`."""
        return run_query(self._connection, sql, parameters, frames)


def sampled(lab: Lab, folder: Path, vintage: date) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """The first rows of a department's tables as the lab reads them, and a sentence for each that does not fit."""
    tables, mistakes = {}, []
    for table in lab.records.table:
        try:
            tables[table.name], wrong = sample_table(table, folder, vintage, SAMPLE)
            mistakes += [f"{sentence}." for sentence in wrong]
        except InputProblem as problem:
            mistakes.append(str(problem))
    return tables, mistakes
