"""Opens a register, or says in a sentence why it cannot be used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from likeforlike.errors import LabProblem, RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.records.duckdb import MEMORY, DuckDBEngine
from likeforlike.records.engine import Engine
from likeforlike.records.lookup import HASH_SQL, open_lookup
from likeforlike.records.manifest import LINKAGE, TABLES, Manifest, read_manifest
from likeforlike.records.register import Register
from likeforlike.records.verify import check_hashes, size_of
from likeforlike.terms import EngineName, Progress, silent

MODEL = f"{LINKAGE}/model.json"
VERIFIED_UP_TO = 500_000_000
"""Bytes of a register that are read in a second or two."""


def open_register(
    path: str | Path,
    lab: Lab | None = None,
    *,
    threads: int | None = None,
    memory: str = MEMORY,
    verify: bool | None = None,
    engine: EngineName = "duckdb",
    progress: Progress = silent,
) -> Register:
    """Open the register in a folder.

    Parameters
    ----------
    path
        The register's folder.
    lab
        The lab that will use it; without it, the lab of the register's own name is loaded.
    threads, memory
        What DuckDB may use, or Spark where it runs on this machine alone.
    verify
        Whether every byte is read and compared with the hashes of the manifest. If not given, a register of up
        to 500 MB is verified; of a larger one the model is, and the sizes of the other files.
    engine
        What runs queries over its tables; results are the same.
    progress
        Told in a sentence how far that is.

    Raises
    ------
    RegisterProblem
        The folder is not a register, a file of it is missing or not as it was built, or it was built for another
        lab or for other rules of the same lab; or Spark is asked for and cannot start.
    """
    folder = Path(path).resolve()
    manifest = read_manifest(folder)
    lab = _fitting_lab(manifest, lab)
    if verify is None:
        verify = size_of(manifest) <= VERIFIED_UP_TO
    # scores depend on the model, and it is small: it is always read
    check_hashes(folder, manifest, progress, only=None if verify else MODEL)
    model = (folder / MODEL).read_bytes()
    tables = {t.name: folder / TABLES / f"{t.name}.parquet" for t in lab.records.table}
    runs = _engine(engine, tables, threads, memory)
    return Register(
        lab=lab,
        folder=folder,
        vintage=manifest.vintage,
        sha256=manifest.sha256,
        manifest=manifest,
        linkage_model=json.loads(model),
        engine=runs,
        lookup=open_lookup(folder / LINKAGE, runs.query(HASH_SQL).item()),
    )


def _engine(name: EngineName, tables: Mapping[str, Path], threads: int | None, memory: str) -> Engine:
    if name == "duckdb":
        return DuckDBEngine(tables, threads=threads, memory=memory)
    from likeforlike.records.spark.engine import SparkEngine
    from likeforlike.records.spark.session import spark_session

    session = spark_session(threads=threads, memory=memory)
    return SparkEngine(tables, session, threads=threads, memory=memory)


def _fitting_lab(manifest: Manifest, lab: Lab | None) -> Lab:
    again = "build it again with 'likeforlike register build'"
    if lab is None:
        try:
            lab = load_lab(manifest.lab)
        except LabProblem:
            raise RegisterProblem(
                f"This register was built for the lab '{manifest.lab}': give that lab's folder."
            ) from None
    if manifest.lab != lab.name:
        raise RegisterProblem(
            f"This register was built for the lab '{manifest.lab}', not for '{lab.name}': {again}."
        )
    if manifest.rules_sha256 != lab.register_sha256:
        raise RegisterProblem(
            f"records.toml or linkage.toml of the lab '{lab.name}' has changed since this register was built: {again}."
        )
    return lab
