"""Counts what is wrong in a table that was read: by column, and by what it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import RecordColumn, RecordTable
from likeforlike.records.manifest import Action, Check, Fault
from likeforlike.records.parse import FLAGS
from likeforlike.records.workbench import Workbench

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


def column_checks(bench: Workbench, table: RecordTable, typed: str, name: str) -> list[Check]:
    """Count the flags of each column of the relation `typed`.

    Raises
    ------
    RegisterProblem
        More than half of a column's values are of the wrong type or none of its codes.
    """
    tallies = [
        [*(f"count(*) filter (flag_{c.name} = {k})" for k in range(len(FLAGS))), _empty(c)]
        for c in table.column
    ]
    everything = ", ".join([*chain.from_iterable(tallies), "count(*) filter (garbled)"])
    *counts, garbled = bench.count(f"select {everything} from {typed}")
    checks: list[Check] = []
    for column, (good, *faulty, missing) in zip(table.column, _by_column(counts), strict=True):
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
    checks.append(_check(table, "", "garbled_text", garbled, "kept"))
    return [c for c in checks if c.rows]


def _by_column(counts: Sequence[int]) -> list[Sequence[int]]:
    each = len(FLAGS) + 1
    return [counts[i : i + each] for i in range(0, len(counts), each)]


def _empty(column: RecordColumn) -> str:
    return f"count(*) filter (flag_{column.name} = 0 and {column.name} is null)"


def duplicate_keys(bench: Workbench, table: RecordTable) -> list[Check]:
    """Count the rows of `kept` beyond the first of each key."""
    key = ", ".join(table.key)
    count = bench.count(f"select count(*) - count(distinct ({key})) from kept")[0]
    return [_check(table, key, "duplicate_key", count, "row dropped")] if count else []


def broken_references(bench: Workbench, table: RecordTable) -> list[Check]:
    """Count the values of `kept` that refer to no row; the tables they refer to are views by their names."""
    checks = []
    for column in (c for c in table.column if c.references):
        other, key = reference(table, column)
        there = f"(select {key} from {other} where {key} is not null)"
        sql = f"select count(*) from kept where {column.name} is not null and {column.name} not in {there}"
        count = bench.count(sql)[0]
        action: Action = "row dropped" if column in needed(table) else "value emptied"
        if count:
            checks.append(_check(table, column.name, "broken_reference", count, action))
    return checks


def reference(table: RecordTable, column: RecordColumn) -> tuple[str, str]:
    """The relation and the column that a reference points to."""
    other, _, key = column.references.partition(".")
    return ("kept" if other == table.name else f'"{other}"', key)


def _check(table: RecordTable, column: str, fault: Fault, rows: int, action: Action) -> Check:
    return Check(table=table.name, column=column, fault=fault, rows=rows, action=action)


def _throughout(name: str, column: RecordColumn) -> str:
    expected = f"among its codes ({', '.join(column.codes)})" if column.codes else EXPECTED[column.type]
    return f"{name}: most values of the column '{column.name}' are not {expected}: mend the export."
