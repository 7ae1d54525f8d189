"""Builds a register from a department's tables: once for each extract."""

from __future__ import annotations

import json
from datetime import date
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import version
from pathlib import Path

import duckdb

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab, RecordTable
from likeforlike.records.clean import PARQUET, CleanTable, clean_table
from likeforlike.records.duckdb import MEMORY, connect, quoted
from likeforlike.records.folder import building
from likeforlike.records.manifest import FILE, LINKAGE, TABLES, FileEntry, Manifest, file_entry
from likeforlike.records.open import MODEL, open_register
from likeforlike.records.register import Register
from likeforlike.records.source import extract_date, find_table
from likeforlike.records.write_lookup import write_lookup
from likeforlike.terms import Progress, silent

SOFTWARE = ("duckdb", "polars", "splink")


def build_register(
    lab: Lab,
    source: Path,
    target: Path,
    *,
    vintage: date | None = None,
    progress: Progress = silent,
    threads: int | None = None,
    memory: str = MEMORY,
) -> Register:
    """Check, clean and index a department's tables, and train the linkage model.

    Parameters
    ----------
    lab
        The lab; its `records.toml` says what the tables must hold.
    source
        Folder with one `TABLE.parquet` or `TABLE.csv` for each table, and perhaps `extract.toml`.
    target
        Folder for the register; an earlier register there is replaced, whole, at the end.
    vintage
        Date of the extract; else `vintage` in `extract.toml`.
    progress
        Told in a sentence what is being done.
    threads, memory
        What DuckDB may use.

    Returns
    -------
    Register
        The new register, open. The same input gives the same `sha256`.

    Raises
    ------
    RegisterProblem
        A table is missing or wrong as a whole, the date of the extract is not said, `target` is something
        else, or the disk is full. Nothing half-built is left.
    """
    source, target = Path(source), Path(target)
    files = {table.name: find_table(source, table) for table in lab.records.table}
    vintage = extract_date(source, vintage)
    with building(target) as folder:
        (folder / TABLES).mkdir()
        (folder / LINKAGE).mkdir()
        connection = connect(threads=threads, memory=memory, spill=folder / "spill")
        cleaned: dict[str, CleanTable] = {}
        for table in _parents_first(lab):
            progress(f"Checking the table '{table.name}'")
            place = folder / TABLES / f"{table.name}.parquet"
            cleaned[table.name] = clean_table(connection, table, files[table.name], place, vintage)
        entries = [
            file_entry(folder, f"{TABLES}/{t.name}.parquet", cleaned[t.name].rows) for t in lab.records.table
        ]
        entries += _linkage(connection, lab, folder, progress)
        connection.close()
        manifest = Manifest(
            lab=lab.name,
            rules_sha256=lab.register_sha256,
            vintage=vintage,
            rows_read={t.name: cleaned[t.name].rows_read for t in lab.records.table},
            files=tuple(entries),
            checks=tuple(check for t in lab.records.table for check in cleaned[t.name].checks),
            software={name: version(name) for name in SOFTWARE},
        )
        (folder / FILE).write_text(manifest.to_json(), encoding="utf-8")
    return open_register(target, lab, threads=threads, memory=memory)


def _parents_first(lab: Lab) -> list[RecordTable]:
    parents = {
        t.name: {c.references.partition(".")[0] for c in t.column if c.references} - {t.name}
        for t in lab.records.table
    }
    try:
        return [lab.records.get(name) for name in TopologicalSorter(parents).static_order()]
    except CycleError:
        raise LabProblem(
            "records.toml: the tables refer to each other in a circle: take one reference out."
        ) from None


def _linkage(
    connection: duckdb.DuckDBPyConnection, lab: Lab, folder: Path, progress: Progress
) -> list[FileEntry]:
    # Splink is slow to import, and opening a register does not need it.
    from likeforlike.linkage.prepare import NAMES, prepare_linkage

    prepared = prepare_linkage(lab)
    progress("Standardising names")
    work = folder / f"{NAMES}.parquet"
    connection.execute(f"copy ({prepared.names}) to {quoted(str(work))} {PARQUET}")
    connection.execute(f"create view {NAMES} as from read_parquet({quoted(str(work))})")
    written = write_lookup(connection, prepared, folder / LINKAGE, progress)
    progress("Training the linkage model")
    model = prepared.train(lambda query: connection.sql(query).pl())
    (folder / MODEL).write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    work.unlink()
    lookup = [file_entry(folder, f"{LINKAGE}/{name}", rows) for name, rows in written.items()]
    return [*lookup, file_entry(folder, MODEL, 1)]
