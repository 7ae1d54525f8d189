"""Linking lists to a register of ten million people: how fast, how large, how right; beside Splink alone.

    .venv/bin/python bench/linkage.py --work FOLDER    everything; about two hours and 30 GB the first time
    .venv/bin/python bench/linkage.py --quick          a tenth of a million people, one run of each
    ... --work FOLDER --without-plain                  the slowest peer's row of the last results stays
    ... --work FOLDER --keep-peers                     only ours again; the peers' rows of the last results stay

FOLDER keeps twins and registers for another time. Every request runs in a process of its own. "Cold" is said of two
things, and both are claims: a process that opens the register for the first time while its files are in the page
cache, and one whose files were put out of the page cache first, as after a restart.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from report import RESULTS, Claim, median, write_results

HERE = Path(__file__).parent / "linkage_parts"
SEED = 5
PARTICIPANTS_PER_LIST = 45_500
"""So many people of the twin fill a list of about 50,000 rows."""
GROUPS = ("Gender", "Age at the date of the extract", "Ethnicity as recorded")
FEWEST = 200
"""People of a group from whom its recall is judged."""
CACHED, EVICTED = "files in the page cache", "files put out of the page cache"
PEER = "Splink, {}, {:,} against {:,}"
KINDS = (
    "an ordinary list",
    "everybody named the same, no identifiers",
    "one birth date, no identifiers",
    "no birth dates",
    "names of 300 letters",
    "somebody else's identifier in every row",
    "one row 50,000 times",
    "five strangers in six",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, help="Folder that keeps twins and registers.")
    parser.add_argument(
        "--without-plain",
        action="store_true",
        help="Take the slowest peer's row at the larger size (20 minutes) from the last results.",
    )
    parser.add_argument(
        "--keep-peers",
        action="store_true",
        help="Take the peers' rows from the last results, marked as such.",
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as other:
        work = given.work or Path(other)
        measure(work, quick=given.quick, plain=not given.without_plain, keep=given.keep_peers)


def measure(work: Path, *, quick: bool, plain: bool, keep: bool) -> None:
    small, large = (50_000, 100_000) if quick else (1_000_000, 10_000_000)
    lists, runs = ((100, 500, 1_000), 1) if quick else ((1_000, 10_000, 50_000), 3)
    built = {people: prepared(work, people, PARTICIPANTS_PER_LIST) for people in (small, large)}
    rows = [row for people in built for row in built[people]["rows"]]
    ours = {(p, n): ours_of(work, p, n, runs) for p in built for n in lists}
    cold = {(large, n): ours_of(work, large, n, runs, evict=True) for n in lists}
    for found, how in ((ours, CACHED), (cold, EVICTED)):
        rows += [
            told(f"{f['people']:,} people of a list against {p:,}, {how}", f) for (p, _), f in found.items()
        ]
    rows += group_rows(
        f"{ours[large, lists[2]]['people']:,} against {large:,}", ours[large, lists[2]]["quality"]
    )
    peers = {} if plain and not keep else earlier_peers()
    for people in built:
        request(work, people, lists[0])
        for kind in ("trained", "plain"):
            if not keep and (plain or (kind, people) != ("plain", large)):
                peers[kind, people] = peer(work, people, kind)
    rows += [{"what": PEER.format(kind, lists[0], people), **f} for (kind, people), f in peers.items()]
    rows += [{"what": f"{kind}, against {small:,}", **ugly(work, small, kind)} for kind in KINDS]
    explained = misses(work, large, lists[2])
    rows.append({"what": f"misses of {explained['people']:,} against {large:,}", **explained})
    write_results("linkage", rows, claims(built, ours, cold, peers, (small, large), lists, rows), quick=quick)


def earlier_peers() -> dict:
    """The peers' figures of the last results, by kind and size of the register."""
    last = json.loads((RESULTS / "linkage.json").read_text(encoding="utf-8"))["rows"]
    found = {}
    for row in last:
        if match := re.fullmatch(r"Splink, (\w+), [\d,]+ against ([\d,]+)", row["what"]):
            figures = {k: v for k, v in row.items() if k != "what"}
            found[match[1], int(match[2].replace(",", ""))] = figures | {"run": "an earlier one"}
    return found


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
    found, load = [], round(os.getloadavg()[0], 1)
    for _ in range(runs):
        if evict:
            put_out(files)
        found.append(run("once.py", home / "register", listing(home), home / "twin", str(listed)))
    seconds = median([f["seconds"] for f in found])
    peak = max(f["peak_gib"] for f in found)
    return found[0] | {"seconds": seconds, "peak_gib": peak, "runs": runs, "load": load}


def put_out(files: list[Path]) -> None:
    """Take the files out of the page cache."""
    for path in files:
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def told(what: str, figures: dict) -> dict:
    everyone = figures["quality"][0]
    return {
        "what": what,
        "people": figures["people"],
        "runs": figures["runs"],
        "load when begun": figures["load"],
        "seconds": figures["seconds"],
        "peak GiB": figures["peak_gib"],
        "precision": everyone["precision"],
        "expected precision": everyone["expected_precision"],
        "recall": everyone["recall"],
        "expected recall": everyone["expected_recall"],
        "recall at the expected share": everyone["recall_at_expected_share"],
        "F1": f1(everyone),
    }


def group_rows(what: str, quality: list[dict]) -> list[dict]:
    """Real figures of every group beside the expected ones; those of few people say so."""
    names = ("in_register", "precision", "expected_precision", "recall", "expected_recall")
    return [
        {"what": f"{what}: {row['group']}, {row['level']}"}
        | {name.replace("_", " "): row[name] for name in names}
        | ({"few people": True} if row["in_register"] < FEWEST else {})
        for row in quality[1:]
    ]


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
    standard = home / "standard.parquet"
    return run("misses.py", home / "register", listing(home), home / "twin", str(listed), standard)


def ugly(work: Path, people: int, kind: str) -> dict:
    home = work / f"{people}"
    return run("ugly.py", home / "register", listing(home), home / "twin", kind)


def claims(
    built: dict,
    ours: dict,
    cold: dict,
    peers: dict,
    sizes: tuple[int, int],
    lists: tuple[int, ...],
    rows: list[dict],
) -> list[Claim]:
    small, large = sizes
    few, some, many = lists
    made = [
        Claim(
            f"{n:,} people against {large:,} persons, own process, {how}",
            f"at most {limit} s",
            f"{found[large, n]['seconds']:.2f} s",
            found[large, n]["seconds"] <= limit,
        )
        for found, how in ((ours, CACHED), (cold, EVICTED))
        for n, limit in ((few, 2), (some, 3), (many, 10))
    ]
    peak = max(figures["peak_gib"] for figures in (*ours.values(), *cold.values()))
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
    made += [more_right(ours, found, few, kind, people) for (kind, people), found in peers.items()]
    everyone = ours[large, many]["quality"][0]
    precision, recall = everyone["precision"], everyone["recall"]
    score = f1(everyone)
    made += [
        Claim(f"precision, {large:,} persons", "at least 0.99", f"{precision:.4f}", precision >= 0.99),
        Claim(f"recall, {large:,} persons", "at least 0.96", f"{recall:.4f}", recall >= 0.96),
        Claim(f"F1, {large:,} persons", "at least 0.98", f"{score:.4f}", score >= 0.98),
    ]
    made += [expected(ours, name) for name in ("precision", "recall")]
    made.append(worst_group(ours[large, many]["quality"]))
    made += ugly_claims({row["what"]: row for row in rows}, small)
    memory = built[large]["peak_gib"]
    made.append(
        Claim(f"building a register of {large:,} persons", "at most 8 GiB", f"{memory:.2f} GiB", memory <= 8)
    )
    return made


def f1(figures: dict) -> float:
    precision, recall = figures["precision"], figures["recall"]
    return 2 * precision * recall / (precision + recall)


def more_right(ours: dict, peer: dict, few: int, kind: str, people: int) -> Claim:
    own, other = f1(ours[people, few]["quality"][0]), f1(peer)
    claim = f"F1 of {few:,} people against {people:,} persons, beside {kind} Splink"
    return Claim(claim, f"at least {other:.4f}", f"{own:.4f}", round(own, 4) >= round(other, 4))


def ugly_claims(rows: dict[str, dict], people: int) -> list[Claim]:
    """Lists that are wrong throughout: bounded, warned of, and no identifier believed that is somebody else's."""
    found = {kind: rows[f"{kind}, against {people:,}"] for kind in KINDS}
    peak = max(row["peak GiB"] for row in found.values())
    wrong = found["somebody else's identifier in every row"]
    believed = wrong["false links by an identifier"] / wrong["people"]
    ordinary, *ugly_ones = found.values()
    told = sum(bool(row["notes"]) for row in ugly_ones)
    return [
        Claim("ugly lists: most memory", "at most 4 GiB", f"{peak:.2f} GiB", peak <= 4),
        Claim(
            "somebody else's identifiers that are believed",
            "at most 1 in 1,000",
            f"{believed:.2%}",
            believed <= 0.001,
        ),
        Claim(
            "ugly lists that staff are warned of, and the ordinary one",
            f"all {len(ugly_ones)}, and not",
            f"{told}, and {'not' if not ordinary['notes'] else 'warned'}",
            told == len(ugly_ones) and not ordinary["notes"],
        ),
    ]


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
