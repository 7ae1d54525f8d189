"""Ask peers for their share of the work, each in a process of its own with a limit of time and of memory.

    cd bench && ../.venv/bin/python -m matching_parts.ask --work FOLDER --pool 100000 --notes FOLDER PEER...

PEER is one of `peers.py`, or steps of `peer.R` in one R session: `R:glm` or `R:matchit,matchit_balance,cobalt`.
The answers are printed and added to FOLDER/POOL.jsonl.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

from matching_parts.world import TREATED, make
from peers import ENVIRONMENT, peers_python

HERE = Path(__file__).parent
SECONDS, GIB = 900, 14
OUT_OF_MEMORY = ("MemoryError", "cannot allocate", "Unable to allocate", "bad_alloc")
"""Signs of it in what Python, R and C++ say."""
Answer = dict[str, Any]


def ask(
    peer: str, home: Path, *, seconds: float = SECONDS, gib: float = GIB, environment: Path = ENVIRONMENT
) -> list[Answer]:
    """What a peer says of each step, or why it does not.

    Parameters
    ----------
    peer
        A peer of `peers.py`, or `R:` and steps of `peer.R`.
    home
        A folder made by `world.make`.
    seconds, gib
        When the peer is ended, and the memory that it may ask for.
    environment
        Where the Python peers are installed, or will be.

    Returns
    -------
    list[Answer]
        With `step`, `seconds` of the wall, `cpu_seconds`, `peak_gib` and what else the step tells. A peer that
        does not get there leaves an answer with `failed`, a sentence, and its `peak_gib` so far.
    """
    if peer.startswith("R:"):
        if shutil.which("Rscript") is None:
            return [{"step": peer, "failed": "R is not installed"}]
        steps = peer.removeprefix("R:").split(",")
        return _run(peer, ["Rscript", HERE / "peer.R", as_csv(home), *steps], seconds, gib)
    return _run(peer, [peers_python(environment), HERE / "peers.py", peer, home], seconds, gib)


def as_csv(home: Path) -> Path:
    """The units with the given score as text, for R; made on first use."""
    path = home / "units.csv"
    if not path.exists():
        units = pl.scan_parquet(home / "units.parquet")
        score = pl.read_parquet(home / "score.parquet")["logit"]
        flags = [name for name, kind in units.collect_schema().items() if kind == pl.Boolean]
        rows = units.drop("event_id", "person_id", "index_date").with_columns(
            pl.col(flags).cast(pl.UInt8), score
        )
        part = path.with_suffix(".part")
        rows.sink_csv(part)
        part.rename(path)
    return path


def _run(peer: str, command: list[str | Path], seconds: float, gib: float) -> list[Answer]:
    limit = int(gib * 1024**3)
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complaint:
        process = subprocess.Popen(
            list(map(str, command)),
            stdout=said,
            stderr=complaint,
            start_new_session=True,
        )
        resource.prlimit(process.pid, resource.RLIMIT_AS, (limit, limit))
        status, peak, late = _wait(process, seconds)
        said.seek(0)
        complaint.seek(0)
        answers = [json.loads(line) for line in said if line.startswith("{")]
        words = complaint.read().strip()
    if late:
        answers.append({"step": peer, "failed": f"did not finish in {seconds:.0f} s", "peak_gib": peak})
    elif status:
        answers.append({"step": peer, "failed": _why(words, gib), "peak_gib": peak})
    return answers


def _why(words: str, gib: float) -> str:
    if any(sign in words for sign in OUT_OF_MEMORY):
        return f"needs more than {gib:g} GiB"
    lines = [line for line in words.splitlines() if line != "Execution halted"]
    return lines[-1] if lines else "ended without a word"


def _wait(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, float, bool]:
    """Exit status, peak memory in GiB, and whether time ran out."""
    deadline, late = time.monotonic() + seconds, False
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_maxrss / 1024**2, late
        if not late and time.monotonic() > deadline:
            late = True
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--pool", type=int, required=True)
    parser.add_argument("--treated", type=int, default=TREATED)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--gib", type=float, default=GIB)
    parser.add_argument("--notes", type=Path)
    parser.add_argument("peer", nargs="+")
    given = parser.parse_args()
    home = make(given.work / str(given.pool), given.pool, given.treated)
    for peer in given.peer:
        limits = {"seconds": given.seconds, "gib": given.gib, "environment": given.environment}
        for answer in ask(peer, home, **limits):
            line = json.dumps({"peer": peer, "pool": given.pool, "treated": given.treated, **answer})
            print(line, flush=True)
            if given.notes:
                given.notes.mkdir(parents=True, exist_ok=True)
                with (given.notes / f"{given.pool}.jsonl").open("a", encoding="utf-8") as file:
                    file.write(line + "\n")


if __name__ == "__main__":
    main()
