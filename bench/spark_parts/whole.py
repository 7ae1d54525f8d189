"""One register and one study with one engine, in a process of its own; prints where the time went as JSON.

whole.py HOME ENGINE CORES
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import likeforlike as lfl
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.pipeline import plan_study, run_study
from likeforlike.plan import Plan
from likeforlike.study import Programme

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
PLAN = {"checks": ["rosenbaum"], "thresholds": []}
MEMORY = "6GB"


class Stages:
    """Seconds from each stage's beginning to the next one's, and what the processor did in them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.busy: dict[str, float] = {}
        self._last, self._began, self._used = "start", time.perf_counter(), processor_seconds()

    def begin(self, name: str) -> None:
        now, used = time.perf_counter(), processor_seconds()
        self.seconds[self._last] = self.seconds.get(self._last, 0.0) + now - self._began
        self.busy[self._last] = self.busy.get(self._last, 0.0) + used - self._used
        self._last, self._began, self._used = name, now, used


def processor_seconds() -> float:
    """Of this process and all that it started, Java and its Python workers too."""
    parents, ticks = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            parents[int(folder.name)] = int(fields[1])
            ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    ours, more = {os.getpid()}, True
    while more:
        more = {child for child, parent in parents.items() if parent in ours} - ours
        ours |= more
    return sum(ticks.get(process, 0) for process in ours) / os.sysconf("SC_CLK_TCK")


def main(home: Path, engine: str, cores: int) -> None:
    lab, stages = lfl.load_lab("justice"), Stages()
    if engine == "spark":
        from likeforlike.records.spark.session import spark_session

        spark_session(threads=cores, memory=MEMORY).range(1).count()
    stages.begin("build")
    register = lfl.build_register(
        *(lab, home / "twin" / "records", home / f"register-{engine}-{cores}"),
        **{"engine": engine, "threads": cores, "memory": MEMORY, "retrain": True},
        progress=lambda said: stages.begin(f"build: {said}"),
    )
    stages.begin("list")
    programme = home / "twin" / "programme"
    cohort = lfl.read_cohort(programme / "participants.xlsx", lab)
    about = Programme.model_validate(tomllib.loads((programme / "about.toml").read_text(encoding="utf-8")))
    study = plan_study(cohort, register, about, Plan.of_lab(lab).changed(PLAN, lab))
    with TemporaryDirectory() as folder:
        release = run_study(
            *(study, cohort, register, Path(folder) / "vault"),
            ledger=Ledger.at(Path(folder) / "ledger"),
            now=NOW,
            stage=lambda name, _: stages.begin(f"study: {name}"),
        )
    stages.begin("end")
    rows = {
        table.name: register.manifest.entry(f"tables/{table.name}.parquet").rows
        for table in lab.records.table
    }
    told = {
        "seconds": stages.seconds,
        "busy": stages.busy,
        "rows": rows,
        "register": register.sha256,
        "release": hashlib.sha256(release.model_dump_json().encode()).hexdigest(),
        "status": release.status,
        "driver GiB": _peak("self"),
        "JVM GiB": _peak(str(_jvm())) if engine == "spark" else 0.0,
    }
    print(json.dumps(told))


def _jvm() -> int:
    from pyspark import SparkContext

    return SparkContext._gateway.proc.pid


def _peak(process: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 2**20


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
