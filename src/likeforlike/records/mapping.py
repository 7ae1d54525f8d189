"""A department's own tables as those of a lab: which files, which columns, which words for which codes, which dates."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
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
    files: tuple[str, ...] = ()
    """CSV or Parquet; the rows of all of them, one after the other."""
    tables: tuple[str, ...] = ()
    """Tables or views of a PostgreSQL database, such as `hr.people`; their rows too."""
    column: dict[Name, From | str]
    """By the lab's name: the department's heading, or more about it. A column that is left out is empty."""


class Mapping(Frozen):
    """The file `mapping.toml`."""

    vintage: date
    table: tuple[MappedTable, ...] = Field(min_length=1)


def map_tables(
    lab: Lab, mapping: Mapping, source: Path | None, target: Path, database: str | None = None
) -> dict[str, int]:
    """Write the lab's tables as Parquet from a department's own; the rows of each.

    Parameters
    ----------
    source
        Folder with its files, where the mapping names any.
    database
        Address of its PostgreSQL database, where the mapping names tables; see `Database.at`.

    Raises
    ------
    RegisterProblem
        A table or column is not the lab's or not in the files, a needed one is not mapped, `target` is in use, or the
        database cannot be read.
    """
    if target.exists() and any(target.iterdir()):
        raise RegisterProblem(f"The folder '{target.name}' is not empty: give another one.")
    _agree(lab, mapping)
    _reached(mapping, source, database)
    connection = connect()
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    exported = unfinished / "exported"
    exported.mkdir(parents=True)
    try:
        files = {t.name: [(file, Path(source or "") / file) for file in t.files] for t in mapping.table}
        if database is not None:
            for name, found in _exported(lab, mapping, database, exported):
                files[name].append(found)
        parts = {t.name: [_part(connection, lab, t, *file) for file in files[t.name]] for t in mapping.table}
        rows = {
            name: _write(connection, selects, unfinished / f"{name}.parquet")
            for name, selects in parts.items()
        }
        shutil.rmtree(exported)
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


def _reached(mapping: Mapping, source: Path | None, database: str | None) -> None:
    for table in mapping.table:
        if not table.files and not table.tables:
            raise RegisterProblem(
                f"{FILE}: '{table.name}' comes from nowhere: name its 'files', or 'tables' of the database."
            )
        if table.files and source is None:
            raise RegisterProblem(f"{FILE} names files for '{table.name}': give their folder with --from.")
        if table.tables and database is None:
            raise RegisterProblem(
                f"{FILE} names tables of a database for '{table.name}': give its address with --database."
            )


def _exported(
    lab: Lab, mapping: Mapping, address: str, folder: Path
) -> Iterator[tuple[str, tuple[str, Path]]]:
    """Each table of the database as a file: the lab's table, and what it is called and where it lies."""
    from likeforlike.records.database import Database

    with Database.at(address) as database:
        for table in mapping.table:
            for number, name in enumerate(table.tables):
                headings = _headings(database.headings(name))
                wanted = [_wanted(table, c.name) for c in lab.records.get(table.name).column]
                named = dict.fromkeys(_heading(headings, w.column, name) for w in wanted if w)
                path = folder / f"{table.name}-{number}.parquet"
                database.export(name, list(named), path)
                yield table.name, (name, path)


def _headings(found: Iterable[str]) -> dict[str, str]:
    return {name.strip().lower(): name for name in found}


def _heading(headings: dict[str, str], wanted: str, where: str) -> str:
    if wanted.lower() not in headings:
        raise RegisterProblem(f"{where} has no column '{wanted}', which {FILE} names: check it.")
    return headings[wanted.lower()]


def _wanted(table: MappedTable, column: str) -> From | None:
    told = table.column.get(column)
    return From(column=told) if isinstance(told, str) else told


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


def _part(
    connection: duckdb.DuckDBPyConnection, lab: Lab, table: MappedTable, called: str, path: Path
) -> str:
    if not path.is_file():
        raise RegisterProblem(f"{FILE}: there is no file '{called}' for '{table.name}': check its name.")
    parquet = path.suffix.lower() == ".parquet"
    relation = (
        f"read_parquet({quoted(str(path))})"
        if parquet
        else f"read_csv({quoted(str(path))}, header = true, all_varchar = true)"
    )
    try:
        described = connection.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error:
        raise RegisterProblem(f"{called} cannot be read: give CSV in UTF-8, or Parquet.") from None
    headings = _headings(str(row[0]) for row in described)
    chosen = []
    for column in lab.records.get(table.name).column:
        wanted = _wanted(table, column.name)
        if wanted is None:
            chosen.append(f"cast(null as varchar) as {column.name}")
            continue
        chosen.append(f"{_value(_heading(headings, wanted.column, called), wanted)} as {column.name}")
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
