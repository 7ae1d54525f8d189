"""The first rows of a department's table, read and checked as a register would: nothing is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import RecordTable
from likeforlike.records.clean import TYPED, typed_rows
from likeforlike.records.duckdb import connect
from likeforlike.records.faults import column_checks
from likeforlike.records.read import scan
from likeforlike.records.source import find_table
from likeforlike.records.workbench import FILE, DuckDBWorkbench

OFTEN = 0.05
"""Share of rows from which a fault is one of the export, not of a few records."""


def sample_table(
    table: RecordTable, folder: Path, vintage: date, rows: int
) -> tuple[pl.DataFrame, list[str]]:
    """The first rows with values that fit, and a sentence for each fault that is in many of them.

    Raises
    ------
    RegisterProblem
        The table or a column is missing, or most of a column's values are faulty.
    """
    source = find_table(Path(folder), table)
    bench = DuckDBWorkbench(connect())
    scanned = scan(bench.connection, table, source)
    first = typed_rows(table, scanned, vintage).replace(FILE, scanned.relation)
    bench.connection.execute(f"create table {TYPED} as select * from ({first}) limit {rows}")
    checks = column_checks(bench, table, TYPED, source.name)
    columns = ", ".join(c.name for c in table.column)
    frame: pl.DataFrame = bench.connection.sql(f"select {columns} from {TYPED}").pl()
    bench.close()
    if frame.is_empty():
        raise RegisterProblem(f"{source.name} has no rows that can be read: export the table again.")
    return frame, [
        f"{source.name}: {check.sentence}" for check in checks if check.rows > OFTEN * frame.height
    ]
