"""One table of the department, checked and written clean: faults are counted, never silently mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import RecordTable
from likeforlike.records import parse
from likeforlike.records.faults import (
    broken_references,
    column_checks,
    duplicate_keys,
    needed,
    reference,
)
from likeforlike.records.manifest import Check
from likeforlike.records.read import Scan, scan, unreadable_lines
from likeforlike.records.source import SourceFile
from likeforlike.records.workbench import FILE, Workbench

GARBLED = "Ã[\\x{80}-\\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
"""UTF-8 read as Windows-1252: é became Ã©."""
TYPED = "typed"
"""The relation of a file's rows, each value in its type."""


@dataclass(frozen=True, slots=True)
class CleanTable:
    """What became of a table."""

    rows_read: int
    rows: int
    checks: tuple[Check, ...]


def clean_table(
    bench: Workbench, table: RecordTable, source: SourceFile, target: Path, vintage: date
) -> CleanTable:
    """Read, check and write one table, sorted by its key, and add it to the workbench.

    Rows without a required value, with a key already taken or with a required reference to nowhere are
    dropped; other faulty values are emptied. Tables that it refers to must be there already.

    Raises
    ------
    RegisterProblem
        A column is missing, most of its values are faulty, or no row is left.
    """
    scanned = scan(bench.connection, table, source)
    rows = typed_rows(table, scanned, vintage)
    bench.by_row(TYPED, rows, scanned.relation, source, target.with_suffix(".work"))
    unreadable = unreadable_lines(bench.connection, scanned, source.name)
    readable = bench.count(f"select count(*) from {TYPED}")[0]
    if not readable:
        raise RegisterProblem(f"{source.name} has no rows that can be read: export the table again.")
    checks = column_checks(bench, table, TYPED, source.name)
    if unreadable:
        checks.append(
            Check(table=table.name, column="", fault="unreadable_row", rows=unreadable, action="row dropped")
        )
    complete = " and ".join(f"{c.name} is not null" for c in needed(table))
    columns = ", ".join(c.name for c in table.column)
    bench.define("kept", f"select {columns} from {TYPED} where {complete}")
    relations = [*duplicate_keys(bench, table), *broken_references(bench, table)]
    bench.write(_whole(table, relations), table.key, target)
    bench.forget("kept", TYPED)
    bench.add(table.name, target)
    rows_kept = bench.count(f'select count(*) from "{table.name}"')[0]
    if not rows_kept:
        raise RegisterProblem(f"No row of {source.name} passes the checks of the lab: mend the export.")
    return CleanTable(readable + unreadable, rows_kept, (*checks, *relations))


def typed_rows(table: RecordTable, scanned: Scan, vintage: date) -> str:
    """SQL: the file's rows, each value in its type or empty, with a flag for what is wrong with it."""
    raws, values, flags, finals, garbled = [], [], [], [], []
    for column in table.column:
        name, stored_as = scanned.place[column.name]
        raw, read = f"raw_{column.name}", f"read_{column.name}"
        raws.append(f"{parse.raw(column, name, stored_as)} as {raw}")
        values.append(f"{parse.parsed(column, raw, stored_as)} as {read}")
        flags.append(f"{parse.flag(column, raw, read, vintage)} as flag_{column.name}")
        good = f"flag_{column.name} in (0, {parse.FLAGS.index('after_extract')})"
        finals.append(f"case when {good} then {read} end as {column.name}, flag_{column.name}")
        if column.type == "text" and not column.codes:
            garbled.append(f"coalesce(contains({raw}, 'Ã') and regexp_matches({raw}, '{GARBLED}'), false)")
    return (
        f"with raws as (select {', '.join(raws)} from {FILE}), "
        f"reads as (select *, {', '.join(values)} from raws), "
        f"flags as (select *, {', '.join(flags)} from reads) "
        f"select {', '.join(finals)}, {' or '.join(garbled) or 'false'} as garbled from flags"
    )


def _whole(table: RecordTable, relations: list[Check]) -> str:
    broken = {c.column for c in relations if c.fault == "broken_reference"}
    selected, conditions = [], ["true"]
    for column in table.column:
        if column.name not in broken:
            selected.append(column.name)
            continue
        other, key = reference(table, column)
        there = f"{column.name} in (select {key} from {other} where {key} is not null)"
        if column in needed(table):
            conditions.append(there)
            selected.append(column.name)
        else:
            selected.append(f"case when {there} then {column.name} end as {column.name}")
    once = ""
    if any(c.fault == "duplicate_key" for c in relations):
        # By all columns, so that which row stays does not depend on the order of the file.
        everything = ", ".join(c.name for c in table.column)
        once = f" qualify row_number() over (partition by {', '.join(table.key)} order by {everything}) = 1"
    return f"select {', '.join(selected)} from kept where {' and '.join(conditions)}{once}"
