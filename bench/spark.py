"""DuckDB and Spark side by side: the same register and release to the last byte; how Spark grows with people and cores.

    .venv/bin/python bench/spark.py --work FOLDER    200,000 people on both, 1 and 5 million on Spark; an hour, 20 GB
    .venv/bin/python bench/spark.py --quick          10,000 and 20,000 people, about four minutes
    .venv/bin/python bench/spark.py --work FOLDER --small 200000 --large 1000000     where there is less time or room

Needs `pip install -e .[spark]` and Java 17. FOLDER keeps the twins and every run that ended, so that an interrupted
benchmark goes on. Each run is a process of its own: a register built from the department's tables, and one study on it.
Seconds leave out the start of Python and of Java. `load` is how many processes wanted a core while it ran, ours among
them: seconds say little where that is more than the cores, and core seconds still do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from report import Claim, write_results

WHOLE = Path(__file__).parent / "spark_parts" / "whole.py"
SEED, PARTICIPANTS = 5, 1_000
SAME = 200_000
"""People for whom both engines must give the same bytes."""
OUTSIDE = ("start", "list")
"""Not counted: starting Java, reading the provider's list."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, help="Folder that keeps the twins.")
    parser.add_argument(
        "--same-only", action="store_true", help="Only whether both engines give the same bytes."
    )
    parser.add_argument("--small", type=int, default=1_000_000, help="People with one core and with two.")
    parser.add_argument("--large", type=int, default=5_000_000, help="People with two cores.")
    given = parser.parse_args()
    if find_spec("pyspark") is None:
        print("Spark is not installed, so that nothing is measured: pip install -e .[spark]")
        return
    with tempfile.TemporaryDirectory() as other:
        sizes = (10_000, 10_000, 20_000) if given.quick else (SAME, given.small, given.large)
        measure(given.work or Path(other), sizes, quick=given.quick, same_only=given.same_only)


def measure(work: Path, sizes: tuple[int, int, int], *, quick: bool, same_only: bool) -> None:
    same, small, large = sizes
    duckdb = whole(work, same, "duckdb", 2)
    spark = whole(work, same, "spark", 2)
    rows = [told(same, "duckdb", 2, duckdb), told(same, "spark", 2, spark)]
    claims = [
        identical(
            f"register of {same:,} people, DuckDB's and Spark's", duckdb["register"], spark["register"]
        ),
        identical(f"release of a study on {same:,} people", duckdb["release"], spark["release"]),
    ]
    if not same_only:
        one, two = whole(work, small, "spark", 1), whole(work, small, "spark", 2)
        more = whole(work, large, "spark", 2)
        rows += [told(small, "spark", 1, one), told(small, "spark", 2, two), told(large, "spark", 2, more)]
        rows = list({row["what"]: row for row in rows}.values())
        rows += [each_row(part, two, more, small, large) for part in ("build", "study")]
        times = large // small
        for part in ("build", "study"):
            gain = part_of(one, part) / part_of(two, part)
            growth, busier = (part_of(more, part, k) / part_of(two, part, k) for k in ("seconds", "busy"))
            told_gain, told_growth = (
                f"{gain:.2f} times as fast",
                f"{busier:.2f} times; seconds {growth:.2f} times",
            )
            claims += [
                Claim(f"{part}, {small:,} people: 2 cores for 1", "reported", told_gain, True),
                Claim(
                    f"{part}: {times} times the people",
                    f"at most {times} times the core seconds",
                    told_growth,
                    busier <= times,
                ),
            ]
    write_results("spark", rows, claims, quick=quick or same_only)


def identical(what: str, duckdb: str, spark: str) -> Claim:
    return Claim(what, "the same bytes", "the same" if duckdb == spark else "different", duckdb == spark)


def whole(work: Path, people: int, engine: str, cores: int) -> dict:
    """Figures of one build and one study; the twin is made on first use."""
    home = work / f"spark-{people}"
    if not (home / "twin").exists():
        import likeforlike as lfl

        home.mkdir(parents=True, exist_ok=True)
        lab = lfl.load_lab("justice")
        lfl.write_twin(
            lab, people, SEED, home / "twin", effect=-0.1, participants=min(PARTICIPANTS, people // 40)
        )
    kept = home / f"{engine}-{cores}.json"
    if kept.exists():
        return dict(json.loads(kept.read_text(encoding="utf-8")))
    began = time.perf_counter()
    command = [sys.executable, WHOLE, home, engine, str(cores)]
    done = subprocess.run(
        list(map(str, command)), check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    found = json.loads(done.stdout.splitlines()[-1]) | {"load": os.getloadavg()[1]}
    kept.write_text(json.dumps(found), encoding="utf-8")
    print(
        f"{people:,} people, {engine}, cores {cores}: {time.perf_counter() - began:.0f} s in all", flush=True
    )
    return found


def part_of(found: dict, part: str, kind: str = "seconds") -> float:
    return sum(each for name, each in found[kind].items() if name.split(":")[0] == part)


def told(people: int, engine: str, cores: int, found: dict) -> dict:
    """A row: both parts, and every step that took a twentieth of them or more."""
    parts = {f"{part} s": round(part_of(found, part), 1) for part in ("build", "study")}
    busy = {f"{part} core s": round(part_of(found, part, "busy"), 1) for part in ("build", "study")}
    least = sum(parts.values()) / 20
    steps = {n: round(s, 1) for n, s in found["seconds"].items() if s >= least and n not in OUTSIDE}
    memory = {key: round(found[key], 2) for key in ("driver GiB", "JVM GiB")}
    what = f"{people:,} people, {engine}, cores {cores}"
    head = {"what": what, "rows": sum(found["rows"].values()), "load": round(found["load"], 1)}
    return {**head, **parts, **busy, **memory, **steps}


def each_row(part: str, less: dict, more: dict, small: int, large: int) -> dict:
    """What a further row costs: the slope between both sizes, free of what every run costs alike."""
    rows = sum(more["rows"].values()) - sum(less["rows"].values())
    slope = (part_of(more, part, "busy") - part_of(less, part, "busy")) / rows
    return {
        "what": f"{part} on Spark, from {small:,} to {large:,} people",
        "core microseconds a row": round(slope * 1e6, 1),
        "core seconds at no rows": round(part_of(less, part, "busy") - slope * sum(less["rows"].values()), 1),
    }


if __name__ == "__main__":
    main()
