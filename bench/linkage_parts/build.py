"""A twin and its register in a process of its own; writes `built.json`: seconds, peak memory, and each step.

python bench/linkage_parts/build.py HOME PEOPLE PARTICIPANTS SEED
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import likeforlike as lfl
from likeforlike.records import build_register
from likeforlike.synthetic import write_twin

TRUTH_REPLICATES = 2
"""Who is who is wanted here, not the programme's effect."""


def main(home: str, people: int, participants: int, seed: int) -> None:
    folder = Path(home)
    if not (folder / "twin").exists():
        command = [sys.executable, __file__, "twin", home, str(people), str(participants), str(seed)]
        subprocess.run(command, check=True)
    lab, began, steps = lfl.load_lab("justice"), time.perf_counter(), []
    build_register(
        lab,
        folder / "twin" / "records",
        folder / "register",
        progress=lambda s: steps.append((s, time.perf_counter())),
    )
    ended = time.perf_counter()
    ends = [at for _, at in steps[1:]] + [ended]
    rows = [
        {"what": f"register of {people:,} people: {said}", "seconds": end - at}
        for (said, at), end in zip(steps, ends, strict=True)
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    whole = {"what": f"register of {people:,} people, in all", "seconds": ended - began, "peak GiB": peak}
    note = {"seconds": ended - began, "peak_gib": peak, "rows": [whole, *rows]}
    (folder / "built.json").write_text(json.dumps(note, indent=1), encoding="utf-8")


def twin(home: str, people: int, participants: int, seed: int) -> None:
    lab, out = lfl.load_lab("justice"), Path(home) / "twin"
    write_twin(
        lab, people, seed, out, participants=min(participants, people // 90), replicates=TRUTH_REPLICATES
    )


if __name__ == "__main__":
    if sys.argv[1] == "twin":
        twin(sys.argv[2], *map(int, sys.argv[3:6]))
    else:
        main(sys.argv[1], *map(int, sys.argv[2:5]))
