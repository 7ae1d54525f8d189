"""A department's own tables as those of a lab: which files, which columns, which words for which codes, which dates."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
from pydantic import BaseModel, ConfigDict, Field

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import Lab, Name
from likeforlike.records.duckdb import connect, quoted

FILE = "mapping.toml"


class Frozen(BaseModel):
    """A part of a mapping."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class From(Frozen):
    """Where a column of the lab's comes from."""

    column: str = Field(min_length=1)
    """Heading in the department's files."""
    codes: dict[str, str] = {}
    """The department's code, and the lab's word for it; other codes stay as they are."""
    dates: tuple[str, ...] = ()
    """Forms of its dates, such as `%d%b%Y`; tried in order."""


class MappedTable(Frozen):
    """One of the lab's tables."""

    name: Name
    files: tuple[str, ...] = Field(min_length=1)
    """CSV or Parquet; the rows of all of them, one after the other."""
    column: dict[Name, From | str]
    """By the lab's name: the department's heading, or more about it. A column that is left out is empty."""


class Mapping(Frozen):
    """The file `mapping.toml`."""

    vintage: date
    table: tuple[MappedTable, ...] = Field(min_length=1)


def map_tables(lab: Lab, mapping: Mapping, source: Path, target: Path) -> dict[str, int]:
    """Write the lab's tables as Parquet from a department's own; the rows of each.

    Raises
    ------
    RegisterProblem
        A table or column is not the lab's or not in the files, a needed one is not mapped, or `target` is in use.
    """
    if target.exists() and any(target.iterdir()):
        raise RegisterProblem(f"The folder '{target.name}' is not empty: give another one.")
    _agree(lab, mapping)
    connection = connect()
    parts = {
        t.name: [_part(connection, lab, t, Path(source) / file) for file in t.files] for t in mapping.table
    }
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        rows = {
            name: _write(connection, selects, unfinished / f"{name}.parquet")
            for name, selects in parts.items()
        }
        (unfinished / "extract.toml").write_text(
            f"vintage = {mapping.vintage.isoformat()}\n", encoding="utf-8"
        )
        if target.exists():
            target.rmdir()
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    connection.close()
    return rows


def _write(connection: duckdb.DuckDBPyConnection, selects: list[str], path: Path) -> int:
    connection.execute(f"copy ({' union all '.join(selects)}) to {quoted(str(path))} (format parquet)")
    return int(connection.execute(f"select count(*) from read_parquet({quoted(str(path))})").fetchall()[0][0])


def _agree(lab: Lab, mapping: Mapping) -> None:
    mapped = [table.name for table in mapping.table]
    for needed in lab.records.table:
        if mapped.count(needed.name) != 1:
            raise RegisterProblem(
                f"{FILE}: the lab's table '{needed.name}' must be there once: add a [[table]] for it."
            )
    for table in mapping.table:
        if table.name not in {t.name for t in lab.records.table}:
            raise RegisterProblem(f"{FILE}: the lab has no table '{table.name}': take it out.")
        wanted = lab.records.get(table.name)
        for name in table.column:
            if name not in {c.name for c in wanted.column}:
                raise RegisterProblem(
                    f"{FILE}: the lab's table '{table.name}' has no column '{name}': check its spelling."
                )
        for column in wanted.column:
            if (column.required or column.name in wanted.key) and column.name not in table.column:
                raise RegisterProblem(
                    f"{FILE}: '{table.name}.{column.name}' is needed: say where it comes from."
                )


def _part(connection: duckdb.DuckDBPyConnection, lab: Lab, table: MappedTable, path: Path) -> str:
    if not path.is_file():
        raise RegisterProblem(f"{FILE}: there is no file '{path.name}' for '{table.name}': check its name.")
    parquet = path.suffix.lower() == ".parquet"
    relation = (
        f"read_parquet({quoted(str(path))})"
        if parquet
        else f"read_csv({quoted(str(path))}, header = true, all_varchar = true)"
    )
    try:
        described = connection.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error:
        raise RegisterProblem(f"{path.name} cannot be read: give CSV in UTF-8, or Parquet.") from None
    headings = {str(row[0]).strip().lower(): str(row[0]) for row in described}
    chosen = []
    for column in lab.records.get(table.name).column:
        told = table.column.get(column.name)
        if told is None:
            chosen.append(f"cast(null as varchar) as {column.name}")
            continue
        wanted = From(column=told) if isinstance(told, str) else told
        if wanted.column.lower() not in headings:
            raise RegisterProblem(
                f"{path.name} has no column '{wanted.column}', which {FILE} names: check it."
            )
        chosen.append(f"{_value(headings[wanted.column.lower()], wanted)} as {column.name}")
    return f"select {', '.join(chosen)} from {relation}"


def _value(heading: str, wanted: From) -> str:
    name = '"' + heading.replace('"', '""') + '"'
    text = f"trim(cast({name} as varchar))"
    if wanted.dates:
        forms = ", ".join(quoted(form) for form in wanted.dates)
        # what has none of the forms stays, so that the register's checks count it
        return f"coalesce(strftime(try_strptime({text}, [{forms}]), '%Y-%m-%d'), {text})"
    if wanted.codes:
        cases = " ".join(f"when {quoted(a.lower())} then {quoted(b)}" for a, b in wanted.codes.items())
        return f"case lower({text}) {cases} else {text} end"
    return text
