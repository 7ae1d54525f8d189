"""Counts what is wrong in a table that was read: by column, and by what it refers to."""

from __future__ import annotations

import duckdb

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import RecordColumn, RecordTable
from likeforlike.records.manifest import Action, Check, Fault
from likeforlike.records.parse import FLAGS

THROUGHOUT = 0.5
"""A column with more than this share of faulty values is wrong as a whole."""
EXPECTED = {
    "date": "dates (write them like 2024-06-30 or 30/06/2024)",
    "integer": "whole numbers",
    "number": "numbers",
    "boolean": "yes or no (write them as 1 and 0, or true and false)",
}


def needed(table: RecordTable) -> tuple[RecordColumn, ...]:
    """The columns without which a row is dropped."""
    return tuple(c for c in table.column if c.required or c.name in table.key)


def column_checks(
    connection: duckdb.DuckDBPyConnection, table: RecordTable, typed: str, name: str
) -> list[Check]:
    """Count the flags of each column of the relation `typed`.

    Raises
    ------
    RegisterProblem
        More than half of a column's values are of the wrong type or none of its codes.
    """
    checks: list[Check] = []
    for column in table.column:
        counts = [f"count(*) filter (flag_{column.name} = {k})" for k in range(len(FLAGS))]
        empty = f"count(*) filter (flag_{column.name} = 0 and {column.name} is null)"
        good, *faulty, missing = one_row(connection, f"select {', '.join(counts)}, {empty} from {typed}")
        found = dict(zip(FLAGS[1:], faulty, strict=True))
        wrong = found["wrong_type"] + found["unknown_code"]
        if wrong > THROUGHOUT * (good - missing + sum(faulty)):
            raise RegisterProblem(_throughout(name, column))
        action: Action = "row dropped" if column in needed(table) else "value emptied"
        checks += [
            _check(table, column.name, fault, count, "kept" if fault == "after_extract" else action)
            for fault, count in found.items()
            if fault is not None
        ]
        if column in needed(table):
            checks.append(_check(table, column.name, "missing", missing, action))
    garbled = one_row(connection, f"select count(*) filter (garbled) from {typed}")[0]
    checks.append(_check(table, "", "garbled_text", garbled, "kept"))
    return [c for c in checks if c.rows]


def duplicate_keys(connection: duckdb.DuckDBPyConnection, table: RecordTable) -> list[Check]:
    """Count the rows of `kept` beyond the first of each key."""
    key = ", ".join(table.key)
    count = one_row(connection, f"select count(*) - count(distinct ({key})) from kept")[0]
    return [_check(table, key, "duplicate_key", count, "row dropped")] if count else []


def broken_references(connection: duckdb.DuckDBPyConnection, table: RecordTable) -> list[Check]:
    """Count the values of `kept` that refer to no row; the tables they refer to are views by their names."""
    checks = []
    for column in (c for c in table.column if c.references):
        other, key = reference(table, column)
        there = f"(select {key} from {other} where {key} is not null)"
        sql = f"select count(*) from kept where {column.name} is not null and {column.name} not in {there}"
        count = one_row(connection, sql)[0]
        action: Action = "row dropped" if column in needed(table) else "value emptied"
        if count:
            checks.append(_check(table, column.name, "broken_reference", count, action))
    return checks


def reference(table: RecordTable, column: RecordColumn) -> tuple[str, str]:
    """The relation and the column that a reference points to."""
    other, _, key = column.references.partition(".")
    return ("kept" if other == table.name else f'"{other}"', key)


def one_row(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, ...]:
    """The first row of a query that counts."""
    return tuple(int(v) for v in connection.execute(sql).fetchall()[0])


def _check(table: RecordTable, column: str, fault: Fault, rows: int, action: Action) -> Check:
    return Check(table=table.name, column=column, fault=fault, rows=rows, action=action)


def _throughout(name: str, column: RecordColumn) -> str:
    expected = f"among its codes ({', '.join(column.codes)})" if column.codes else EXPECTED[column.type]
    return f"{name}: most values of the column '{column.name}' are not {expected}: mend the export."
