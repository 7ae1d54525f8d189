"""Reads a department's file into DuckDB: headings in any order and case, further columns ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import RecordTable
from likeforlike.records.duckdb import quoted
from likeforlike.records.source import SourceFile, not_utf8


@dataclass(frozen=True, slots=True)
class Scan:
    """A file ready to be read: a relation, and where in it each of the table's columns is."""

    relation: str
    place: dict[str, tuple[str, str]]
    """For each column of the table: its name and its DuckDB type in the relation."""
    rejects: str = ""
    """The table in which DuckDB lists lines it could not read."""


def scan(connection: duckdb.DuckDBPyConnection, table: RecordTable, source: SourceFile) -> Scan:
    """Say how the file is read.

    Raises
    ------
    RegisterProblem
        The file is not what its name says, or lacks a column.
    """
    if source.kind == "csv":
        return _scan_csv(table, source)
    relation = f"read_parquet({quoted(str(source.path))})"
    try:
        described = connection.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error:
        raise RegisterProblem(f"{source.name} cannot be read as Parquet: export the table again.") from None
    headings = [str(row[0]) for row in described]
    found = _find(table, headings, source.name)
    return Scan(relation, {c: (headings[i], str(described[i][1])) for c, i in found.items()})


def unreadable_lines(connection: duckdb.DuckDBPyConnection, scanned: Scan, name: str) -> int:
    """How many lines of the file were passed over because they could not be read.

    Raises
    ------
    RegisterProblem
        Some lines are not UTF-8, so the file has another encoding.
    """
    if not scanned.rejects:
        return 0
    found = connection.execute(
        "select count(distinct line), coalesce(bool_or(error_type = 'INVALID ENCODING'), false) "
        f"from {scanned.rejects}"
    ).fetchall()
    lines, encoding = found[0]
    if encoding:
        raise not_utf8(name)
    return int(lines)


def _scan_csv(table: RecordTable, source: SourceFile) -> Scan:
    found = _find(table, source.header, source.name)
    columns = ", ".join(f"'c{i}': 'varchar'" for i in range(len(source.header)))
    rejects = f"rejects_{table.name}"
    relation = (
        f"read_csv({quoted(str(source.path))}, auto_detect = false, header = true, "
        f"delim = {quoted(source.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}}, "
        "ignore_errors = true, store_rejects = true, "
        f"rejects_table = '{rejects}', rejects_scan = '{rejects}_scan')"
    )
    return Scan(relation, {c: (f"c{i}", "VARCHAR") for c, i in found.items()}, rejects)


def _find(table: RecordTable, headings: Sequence[str], name: str) -> dict[str, int]:
    plain = [h.strip().lower() for h in headings]
    for column in table.column:
        if column.name not in plain:
            raise RegisterProblem(
                f"{name} has no column '{column.name}' ({column.meaning.rstrip('.')}): add it."
            )
        if plain.count(column.name) > 1:
            raise RegisterProblem(f"{name} has the column '{column.name}' twice: keep one.")
    return {c.name: plain.index(c.name) for c in table.column}
