"""How long and how large: the demo, a twin of a million people, and the check of a large list.

.venv/bin/python bench/spine.py            three runs of each
.venv/bin/python bench/spine.py --quick    one run of each, smaller
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from report import Claim, median, write_results

GIB = 1024**2


def measured(*arguments: str | Path) -> tuple[float, float]:
    """Seconds and peak GiB of one command."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "likeforlike", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 2):
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_maxrss / GIB


def repeated(name: str, runs: int, *arguments: str | Path) -> dict[str, object]:
    """Medians over several runs, each in a folder of its own."""
    figures = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            figures.append(measured(*(str(a).replace("FOLDER", folder) for a in arguments)))
    seconds, memory = zip(*figures, strict=True)
    return {"what": name, "runs": runs, "seconds": median(list(seconds)), "peak GiB": max(memory)}


READ = """
import sys, time
import likeforlike as lfl
lab = lfl.load_lab("justice")
lfl.read_cohort(sys.argv[2], lab)
began = time.perf_counter()
lfl.read_cohort(sys.argv[1], lab)
print(time.perf_counter() - began)
"""


def reading(name: str, runs: int, path: Path, warm: Path) -> dict[str, object]:
    """Seconds to read and check a list, once the libraries are loaded."""
    command = [sys.executable, "-c", READ, str(path), str(warm)]
    seconds = [float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(runs)]
    return {"what": name, "runs": runs, "seconds": median(seconds)}


def long_list(path: Path, rows: int) -> Path:
    """A list of different people, as a large provider would send it."""
    from support.cohorts import cohort_file, person

    people = [person(n) for n in range(rows)]
    for n, one in enumerate(people):
        letter = "abcdefgh"[n // 10_000]
        one |= {"surname": one["surname"] + letter, "prison_id": f"{letter.upper()}{n % 10_000:04}BC"}
        one["date_of_birth"] = date(1960, 1, 13) + timedelta(days=n % 14_000)
    return cohort_file(path, people)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    runs, people, twin, rows = (1, 20_000, 100_000, 5_000) if quick else (3, 200_000, 1_000_000, 50_000)
    with tempfile.TemporaryDirectory() as folder:
        lists = {kind: long_list(Path(folder) / f"list.{kind}", rows) for kind in ("csv", "xlsx")}
        warm = long_list(Path(folder) / "warm.xlsx", 100)
        table = [
            repeated(
                f"demo, {people:,} people", runs, "demo", "--people", str(people), "--out", "FOLDER/demo"
            ),
            repeated(
                f"synth, {twin:,} people",
                runs,
                "synth",
                "justice",
                "--people",
                str(twin),
                "--out",
                "FOLDER/t",
            ),
            *(reading(f"check, {rows:,} rows of {k}", runs, path, warm) for k, path in lists.items()),
        ]
    demo, synth, *checks = table
    claims = [
        claim("the demo: twin, register, run and report", demo, 90, 4),
        claim(f"a twin of {twin:,} people", synth, 120, 4),
        *(claim("checking a list, libraries loaded", check, 2.0) for check in checks),
    ]
    write_results("spine", table, claims, quick=quick)


def claim(name: str, row: dict, seconds: float, memory: float | None = None) -> Claim:
    room = "" if memory is None else f" and {memory:g} GiB"
    used = "" if memory is None else f", {row['peak GiB']:.2f} GiB"
    ok = row["seconds"] <= seconds and (memory is None or row["peak GiB"] <= memory)
    return Claim(
        f"{name} ({row['what']})", f"at most {seconds:g} s{room}", f"{row['seconds']:.1f} s{used}", ok
    )


if __name__ == "__main__":
    main()
