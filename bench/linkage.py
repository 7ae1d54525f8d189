"""Linking lists to a register of ten million people: how fast, how large, how right; beside Splink alone.

    .venv/bin/python bench/linkage.py --work FOLDER    everything; about two hours and 30 GB the first time
    .venv/bin/python bench/linkage.py --quick          a tenth of a million people, one run of each

FOLDER keeps twins and registers for another time. Every request runs in a process of its own, so that the register
is opened cold; one row has the register's files put out of the page cache first.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from report import Claim, median, write_results

HERE = Path(__file__).parent / "linkage_parts"
SEED = 5
PARTICIPANTS_PER_LIST = 45_500
"""So many people of the twin fill a list of about 50,000 rows."""
GROUPS = ("Gender", "Age at the date of the extract", "Ethnicity as recorded")
FEWEST = 200
"""People of a group from whom its recall is judged."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, help="Folder that keeps twins and registers.")
    parser.add_argument(
        "--without-plain", action="store_true", help="Leave out the slowest peer at the larger size."
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as other:
        work = given.work or Path(other)
        measure(work, quick=given.quick, plain=not given.without_plain)


def measure(work: Path, *, quick: bool, plain: bool) -> None:
    small, large = (50_000, 100_000) if quick else (1_000_000, 10_000_000)
    lists, runs = ((100, 500, 1_000), 1) if quick else ((1_000, 10_000, 50_000), 3)
    built = {people: prepared(work, people, PARTICIPANTS_PER_LIST) for people in (small, large)}
    rows = [row for people in built for row in built[people]["rows"]]
    ours = {(p, n): ours_of(work, p, n, runs) for p in built for n in lists}
    cold = ours_of(work, large, lists[1], 1, evict=True)
    rows += [told(f"{n:,} people of a list against {p:,}", figures) for (p, n), figures in ours.items()]
    rows.append(told(f"{lists[1]:,} against {large:,}, files not in the page cache", cold))
    peers = {}
    for people in built:
        request(work, people, lists[0])
        for kind in ("trained", "plain"):
            if kind == "trained" or people == small or plain:
                peers[kind, people] = peer(work, people, kind)
                rows.append(
                    {"what": f"Splink, {kind}, {lists[0]:,} against {people:,}", **peers[kind, people]}
                )
    rows.append({"what": f"misses of {lists[2]:,} against {large:,}", **misses(work, large, lists[2])})
    write_results("linkage", rows, claims(built, ours, peers, (small, large), lists), quick=quick)


def prepared(work: Path, people: int, participants: int) -> dict:
    """The twin and its register, made on first use; how long the build took and where the time went."""
    home = work / f"{people}"
    note = home / "built.json"
    if not note.exists():
        home.mkdir(parents=True, exist_ok=True)
        script = [sys.executable, HERE / "build.py", home, str(people), str(participants), str(SEED)]
        subprocess.run(script, check=True)
    return json.loads(note.read_text(encoding="utf-8"))


def run(script: str, *arguments: str | Path) -> dict:
    command = [sys.executable, HERE / script, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def ours_of(work: Path, people: int, listed: int, runs: int, *, evict: bool = False) -> dict:
    home = work / f"{people}"
    files = [p for p in (home / "register").rglob("*") if p.is_file()]
    found = []
    for _ in range(runs):
        if evict:
            put_out(files)
        found.append(run("once.py", home / "register", listing(home), home / "twin", str(listed)))
    seconds = median([f["seconds"] for f in found])
    return found[0] | {"seconds": seconds, "peak_gib": max(f["peak_gib"] for f in found), "runs": runs}


def put_out(files: list[Path]) -> None:
    """Take the files out of the page cache."""
    for path in files:
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def told(what: str, figures: dict) -> dict:
    everyone = figures["quality"][0]
    precision, recall = everyone["precision"], everyone["recall"]
    return {
        "what": what,
        "people": figures["people"],
        "runs": figures["runs"],
        "seconds": figures["seconds"],
        "peak GiB": figures["peak_gib"],
        "precision": precision,
        "expected precision": everyone["expected_precision"],
        "recall": recall,
        "expected recall": everyone["expected_recall"],
        "F1": 2 * precision * recall / (precision + recall),
    }


def listing(home: Path) -> Path:
    return home / "twin" / "programme" / "participants.xlsx"


def request(work: Path, people: int, listed: int) -> None:
    home = work / f"{people}"
    subprocess.run([sys.executable, HERE / "request.py", home, listing(home), str(listed)], check=True)


def peer(work: Path, people: int, kind: str) -> dict:
    home = work / f"{people}"
    names = home / ("twin/records/names.parquet" if kind == "plain" else "standard.parquet")
    return run("peers.py", kind, home / "register", names, home / "request")


def misses(work: Path, people: int, listed: int) -> dict:
    home = work / f"{people}"
    return run("misses.py", home / "register", listing(home), home / "twin", str(listed))


def claims(
    built: dict, ours: dict, peers: dict, sizes: tuple[int, int], lists: tuple[int, ...]
) -> list[Claim]:
    small, large = sizes
    few, some, many = lists
    made = [
        Claim(
            f"{n:,} people against {large:,} persons, register opened cold",
            f"at most {limit} s",
            f"{ours[large, n]['seconds']:.2f} s",
            ours[large, n]["seconds"] <= limit,
        )
        for n, limit in ((few, 2), (some, 3), (many, 10))
    ]
    peak = max(figures["peak_gib"] for figures in ours.values())
    made.append(Claim("resident memory, mapped pages counted", "at most 4 GiB", f"{peak:.2f} GiB", peak <= 4))
    growth = ours[large, some]["seconds"] / ours[small, some]["seconds"]
    made.append(
        Claim(f"growth from {small:,} to {large:,} persons", "at most 2 times", f"{growth:.2f}", growth <= 2)
    )
    targets = {("plain", small): 20, ("plain", large): 400, ("trained", large): 5}
    for (kind, people), least in targets.items():
        if (kind, people) in peers:
            times = peers[kind, people]["seconds"] / ours[people, few]["seconds"]
            words = "plain Splink" if kind == "plain" else "Splink with the trained model"
            made.append(
                Claim(
                    f"{words}, {people:,} persons",
                    f"at least {least} times ours",
                    f"{times:.1f}",
                    times >= least,
                )
            )
    everyone = ours[large, many]["quality"][0]
    precision, recall = everyone["precision"], everyone["recall"]
    score = 2 * precision * recall / (precision + recall)
    made += [
        Claim(f"precision, {large:,} persons", "at least 0.99", f"{precision:.4f}", precision >= 0.99),
        Claim(f"recall, {large:,} persons", "at least 0.96", f"{recall:.4f}", recall >= 0.96),
        Claim(f"F1, {large:,} persons", "at least 0.98", f"{score:.4f}", score >= 0.98),
    ]
    made += [expected(ours, name) for name in ("precision", "recall")]
    made.append(worst_group(ours[large, many]["quality"]))
    memory = built[large]["peak_gib"]
    made.append(
        Claim(f"building a register of {large:,} persons", "at most 8 GiB", f"{memory:.2f} GiB", memory <= 8)
    )
    return made


def expected(ours: dict, name: str) -> Claim:
    apart = max(abs(f["quality"][0][name] - f["quality"][0][f"expected_{name}"]) for f in ours.values())
    return Claim(
        f"expected {name} from the truth, worst of all runs",
        "within 1.5 points",
        f"{100 * apart:.2f} points",
        apart <= 0.015,
    )


def worst_group(quality: list[dict]) -> Claim:
    whole = quality[0]["recall"]
    groups = [row for row in quality if row["group"] in GROUPS and row["in_register"] >= FEWEST]
    worst = min(groups, key=lambda row: row["recall"])
    below = 100 * (whole - worst["recall"])
    name = f"recall of the group found least ({worst['group']}: {worst['level']})"
    return Claim(name, "at most 2 points below the whole", f"{below:.2f} points", below <= 2)


if __name__ == "__main__":
    main()
