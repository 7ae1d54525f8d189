"""Builds a register from a department's tables: once for each extract."""

from __future__ import annotations

from datetime import date
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab, RecordTable
from likeforlike.records.clean import clean_table
from likeforlike.records.duckdb import MEMORY, connect
from likeforlike.records.earlier import earlier_register
from likeforlike.records.folder import REGISTER, building
from likeforlike.records.linkage_steps import look_up_steps, model_step
from likeforlike.records.manifest import FILE, FORMAT, LINKAGE, TABLES, Manifest, file_entry
from likeforlike.records.open import open_register
from likeforlike.records.register import Register
from likeforlike.records.source import SourceFile, extract_date, find_table
from likeforlike.records.steps import Step, Steps
from likeforlike.records.workbench import DuckDBWorkbench, Workbench
from likeforlike.terms import EngineName, Progress, silent

if TYPE_CHECKING:
    import duckdb


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
    retrain: bool = False,
    engine: EngineName = "duckdb",
) -> Register:
    """Check, clean and index a department's tables, and train the linkage model.

    A build that was interrupted goes on after its last finished step, if lab, tables, vintage and software are
    the same. The model of a register of the same lab and rules in `target` is kept while it fits.

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
        What DuckDB may use, or Spark where it runs on this machine alone.
    retrain
        Train the linkage model on this extract, whatever register is in `target`.
    engine
        What checks, cleans and sorts the tables and puts names into standard form. With Spark, tables that are
        Parquet, and `target`, must be where all executors reach them. The register is the same to the last byte.

    Returns
    -------
    Register
        The new register, open. The same input, where no other register was or with `retrain`, gives the same
        `sha256`, interrupted or not.

    Raises
    ------
    RegisterProblem
        A table is missing or wrong as a whole, the date of the extract is not said, `target` is something
        else, or the disk is full. Nothing half-built is left.
    """
    # Splink is slow to import, and opening a register does not need it.
    from likeforlike.linkage.prepare import prepare_linkage

    source, target = Path(source), Path(target)
    sources = {table.name: find_table(source, table) for table in lab.records.table}
    vintage = extract_date(source, vintage)
    with building(target) as work:
        steps = Steps(work, _inputs(lab, sources, vintage), progress)
        (work / REGISTER / TABLES).mkdir(parents=True, exist_ok=True)
        (work / REGISTER / LINKAGE).mkdir(exist_ok=True)
        bench = _workbench(
            engine, connect(threads=threads, memory=memory, spill=work / "spill"), threads, memory
        )
        tables = {
            table.name: _table(bench, steps, table, sources[table.name], vintage)
            for table in _parents_first(lab)
        }
        cleaned = [tables[table.name] for table in lab.records.table]
        earlier = None if retrain else earlier_register(target, lab, _software())
        prepared = prepare_linkage(lab)
        looked_up = look_up_steps(bench, steps, prepared)
        files = tuple(file for step in (*cleaned, looked_up) for file in step.files)
        model = model_step(bench.connection, steps, prepared, vintage, files, earlier)
        bench.close()
        manifest = Manifest(
            lab=lab.name,
            rules_sha256=lab.register_sha256,
            vintage=vintage,
            rows_read={t.name: tables[t.name].rows_read for t in lab.records.table},
            files=(*files, *model.files),
            checks=tuple(check for step in cleaned for check in step.checks),
            software=_software(),
            model_from=model.model_from,
            drift=model.drift,
            learnt=earlier.manifest.learnt if earlier else {},
        )
        (work / REGISTER / FILE).write_text(manifest.to_json(), encoding="utf-8")
    return open_register(target, lab, threads=threads, memory=memory, engine=engine)


def _workbench(
    engine: EngineName, connection: duckdb.DuckDBPyConnection, threads: int | None, memory: str
) -> Workbench:
    if engine == "duckdb":
        return DuckDBWorkbench(connection)
    from likeforlike.records.spark.session import spark_session

    session = spark_session(threads=threads, memory=memory)
    # only now is it known that Spark is there
    from likeforlike.records.spark.workbench import SparkWorkbench

    return SparkWorkbench(session, connection)


def _software() -> dict[str, str]:
    return {name: version(name) for name in SOFTWARE}


def _inputs(lab: Lab, sources: dict[str, SourceFile], vintage: date) -> dict[str, Any]:
    """All that decides the finished steps of a build."""
    found = {name: file.path.stat() for name, file in sources.items()}
    return {
        "format": FORMAT,
        "lab": lab.name,
        "rules": lab.register_sha256,
        "vintage": vintage.isoformat(),
        "software": {"likeforlike": version("likeforlike"), **_software()},
        "files": {n: [sources[n].name, stat.st_size, stat.st_mtime_ns] for n, stat in found.items()},
    }


def _table(bench: Workbench, steps: Steps, table: RecordTable, source: SourceFile, vintage: date) -> Step:
    folder, path = steps.work / REGISTER, f"{TABLES}/{table.name}.parquet"

    def clean() -> Step:
        steps.say(f"Checking the table '{table.name}'")
        cleaned = clean_table(bench, table, source, folder / path, vintage)
        entry = file_entry(folder, path, cleaned.rows)
        return Step(files=(entry,), rows_read=cleaned.rows_read, checks=cleaned.checks)

    step = steps.keep(f"the table '{table.name}'", clean)
    bench.add(table.name, folder / path)
    return step


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
