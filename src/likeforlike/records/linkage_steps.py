"""The steps of a build that make a register ready for linkage: standard names, look-up files, the model."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from likeforlike.records.earlier import Earlier
from likeforlike.records.folder import REGISTER
from likeforlike.records.manifest import LINKAGE, TABLES, FileEntry, file_entry
from likeforlike.records.name_lines import RECORD
from likeforlike.records.open import MODEL
from likeforlike.records.source import SourceFile
from likeforlike.records.steps import Step, Steps
from likeforlike.records.workbench import FILE, Workbench
from likeforlike.records.write_lookup import write_lookup

if TYPE_CHECKING:
    from likeforlike.linkage.prepare import Preparation

NAMES, ROWS = "linkage_names", "name_rows"


def look_up_steps(bench: Workbench, steps: Steps, prepared: Preparation) -> Step:
    """Standardise the names and write the look-up files; leaves the relation `linkage_names`."""
    folder, standard = steps.work / REGISTER, steps.work / f"{NAMES}.parquet"

    def standardise() -> Step:
        steps.say("Standardising names")
        table = folder / TABLES / f"{prepared.table}.parquet"
        rows = prepared.by_row(FILE)
        work = standard.with_suffix(".work")
        bench.by_row(ROWS, rows, f'"{prepared.table}"', SourceFile(table, "parquet"), work, once=True)
        bench.write(prepared.whole(ROWS), prepared.order, standard, number=RECORD)
        bench.forget(ROWS)
        return Step(beside=(file_entry(steps.work, standard.name, 0),))

    def write() -> Step:
        written = write_lookup(bench.connection, prepared, folder / LINKAGE, steps.say)
        return Step(files=tuple(file_entry(folder, f"{LINKAGE}/{name}", n) for name, n in written.items()))

    steps.keep("the standardised names", standardise)
    bench.add(NAMES, standard)
    return steps.keep("the look-up files", write)


def model_step(
    connection: duckdb.DuckDBPyConnection,
    steps: Steps,
    prepared: Preparation,
    vintage: date,
    files: tuple[FileEntry, ...],
    earlier: Earlier | None,
) -> Step:
    """Write the linkage model: the earlier register's if it still fits these files, else one of their own."""
    folder = steps.work / REGISTER

    def write() -> Step:
        model, origin = _fitting(connection, steps, prepared, vintage, files, earlier)
        text = json.dumps(model, indent=1, sort_keys=True) + "\n"
        texts = {MODEL: text} | {f"{LINKAGE}/{n}.svg": svg for n, svg in prepared.charts(model).items()}
        for path, content in texts.items():
            (folder / path).write_text(content, encoding="utf-8")
        return origin.model_copy(update={"files": tuple(file_entry(folder, path, 1) for path in texts)})

    # The earlier register may be another by the time that an interrupted build goes on.
    return steps.keep("the linkage model", write, given=earlier.manifest.sha256 if earlier else "")


def _fitting(
    connection: duckdb.DuckDBPyConnection,
    steps: Steps,
    prepared: Preparation,
    vintage: date,
    files: tuple[FileEntry, ...],
    earlier: Earlier | None,
) -> tuple[dict[str, Any], Step]:
    """The model, and where it came from."""
    if earlier and earlier.holds(vintage, files):
        # A register that is built again stays the same register, wherever its model came from.
        said = earlier.manifest
        return earlier.model, Step(model_from=said.model_from, drift=said.drift)
    steps.say("Checking whether the linkage model still fits" if earlier else "Training the linkage model")
    fitted = prepared.train(lambda query: connection.sql(query).pl(), earlier.model if earlier else None)
    if earlier and fitted.reused:
        return fitted.model, Step(model_from=earlier.trained_on, drift=fitted.drift)
    return fitted.model, Step()
