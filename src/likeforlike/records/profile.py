"""How fit a department's tables are: coverage, what is missing or implausible, what moved since an earlier extract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import Lab, RecordColumn, RecordTable
from likeforlike.records.clean import typed_rows
from likeforlike.records.duckdb import MEMORY, connect
from likeforlike.records.read import scan
from likeforlike.records.source import extract_date, find_table
from likeforlike.records.workbench import FILE

if TYPE_CHECKING:
    import polars as pl

IMPLAUSIBLE, MOVED, HOLE = 0.01, 0.05, 0.5
"""Shares from which something is said: of faulty values; of a change between extracts; of a usual year's rows."""
YEARS = 10
"""Of a date column, the last of which are looked at for holes."""


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column of an extract; shares of the rows that can be read."""

    table: str
    column: str
    rows: int
    missing: float
    implausible: float
    """Values of the wrong type, none of the codes, or impossible dates."""
    earliest: date | None
    latest: date | None
    years: tuple[tuple[int, int], ...]
    """Of dates: rows by year."""
    codes: tuple[tuple[str, float], ...]
    """Of codes: the share of each among the values."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An extract, and what somebody who prepares it should look at."""

    lab: str
    vintage: date
    columns: tuple[ColumnProfile, ...]
    remarks: tuple[str, ...]

    def summary(self) -> str:
        """Rows of each table, and the remarks."""
        rows = {c.table: c.rows for c in self.columns}
        head = f"Tables for the lab '{self.lab}', extract of {self.vintage.isoformat()}"
        said = [f"  {remark}" for remark in self.remarks] or ["  nothing"]
        return "\n".join([head, *(f"  {t}: {n:,} rows" for t, n in rows.items()), "To look at:", *said])

    def to_frame(self) -> pl.DataFrame:
        """One row a column: `table, column, rows, missing, implausible, earliest, latest`."""
        import polars as pl

        names = ("table", "column", "rows", "missing", "implausible", "earliest", "latest")
        kinds = (pl.String, pl.String, pl.Int64, pl.Float64, pl.Float64, pl.Date, pl.Date)
        rows = [tuple(getattr(c, name) for name in names) for c in self.columns]
        return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")

    def to_dict(self) -> dict[str, Any]:
        """The same with the remarks, ready for JSON; shares and counts only."""
        import polars as pl

        rows = self.to_frame().with_columns(pl.col(pl.Date).cast(pl.String)).to_dicts()
        return {
            "lab": self.lab,
            "vintage": self.vintage.isoformat(),
            "remarks": [*self.remarks],
            "columns": rows,
        }


def profile_tables(
    lab: Lab, folder: Path, *, vintage: date | None = None, earlier: Path | None = None, memory: str = MEMORY
) -> Profile:
    """Look at every table of an extract, and at what moved since an earlier one.

    Parameters
    ----------
    folder, earlier
        Folders with the department's tables, as `build_register` takes them.

    Raises
    ------
    RegisterProblem
        A table or a column is missing, or the date of the extract is not said.
    """
    now = _columns(lab, Path(folder), extract_date(Path(folder), vintage), memory)
    remarks = [sentence for column in now for sentence in _alone(column)]
    if earlier is not None:
        before = _columns(lab, Path(earlier), extract_date(Path(earlier), None), memory)
        known = {(c.table, c.column): c for c in before}
        remarks += [s for c in now for s in _moved(c, known[c.table, c.column])]
    return Profile(lab.name, extract_date(Path(folder), vintage), tuple(now), tuple(remarks))


def _columns(lab: Lab, folder: Path, vintage: date, memory: str) -> list[ColumnProfile]:
    connection = connect(memory=memory)
    found = []
    for table in lab.records.table:
        source = find_table(folder, table)
        scanned = scan(connection, table, source)
        sql = typed_rows(table, scanned, vintage).replace(FILE, scanned.relation)
        connection.execute(f"create or replace temp table typed as {sql}")
        rows = int(connection.execute("select count(*) from typed").fetchall()[0][0])
        if not rows:
            raise RegisterProblem(f"{source.name} has no rows that can be read: export the table again.")
        found += [_column(connection, table, column, rows) for column in table.column]
    connection.close()
    return found


def _column(
    connection: duckdb.DuckDBPyConnection, table: RecordTable, column: RecordColumn, rows: int
) -> ColumnProfile:
    name = column.name
    dated = column.type == "date"
    ends = f"min({name}), max({name})" if dated else "null, null"
    counts = (
        f"count(*) filter (flag_{name} = 0 and {name} is null), count(*) filter (flag_{name} between 1 and 4)"
    )
    missing, faulty, first, last = connection.execute(f"select {counts}, {ends} from typed").fetchall()[0]
    known = f"from typed where {name} is not null group by 1 order by 1"
    by_year = f"select year({name}), count(*) {known}"
    by_code = f"select {name}, count(*) / sum(count(*)) over () {known}"
    return ColumnProfile(
        table.name,
        name,
        rows,
        missing / rows,
        faulty / rows,
        first,
        last,
        tuple(connection.execute(by_year).fetchall()) if dated else (),
        tuple(connection.execute(by_code).fetchall()) if column.codes else (),
    )


def _alone(column: ColumnProfile) -> list[str]:
    place = f"{column.table}.{column.column}"
    said = []
    if column.missing == 1:
        said.append(f"{place} is empty throughout: export it, or take it out of the lab.")
    if column.implausible > IMPLAUSIBLE:
        said.append(f"{place}: {column.implausible:.1%} of the values are implausible: mend the export.")
    # the first and the last year are seldom whole
    inside = column.years[-YEARS:-1]
    usual = sorted(n for _, n in inside)[len(inside) // 2] if len(inside) > 2 else 0
    said += [
        f"{place}: {year} has {n:,} rows, and a usual year {usual:,}: is something missing?"
        for year, n in inside
        if n < HOLE * usual
    ]
    return said


def _moved(now: ColumnProfile, before: ColumnProfile) -> list[str]:
    place = f"{now.table}.{now.column}"
    said = []
    if abs(now.missing - before.missing) > MOVED:
        said.append(
            f"{place}: {now.missing:.0%} are missing, and {before.missing:.0%} of the earlier extract."
        )
    shares = dict(before.codes)
    said += [
        f"{place}: {share:.0%} are '{code}', and {shares.get(code, 0):.0%} of the earlier extract."
        for code, share in now.codes
        if abs(share - shares.get(code, 0)) > MOVED
    ]
    return said
