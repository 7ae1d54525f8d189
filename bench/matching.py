"""Score, match, balance and estimate at the size of a nation, beside R, statsmodels and the Python packages for it.

    .venv/bin/python bench/matching.py [--quick] [--work FOLDER] [--keep-peers]

Worlds of 5,000 participants with 60 covariates (168 columns of a design) are made once in the work folder. Every run
is a process of its own; ours are medians of three. R takes minutes for the score of a million and for the balance of
it: `--keep-peers` takes the peers' rows of the last results, on the same worlds, and the rows say so.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from matching_parts.ask import ask
from matching_parts.world import TREATED, make
from report import RESULTS, Claim, median, write_results

HERE = Path(__file__).parent
OURS = "Like for Like"
MILLION = 1_000_000
POOLS = (100_000, MILLION, 5 * MILLION)
PEERS = {
    100_000: (
        "R:glm",
        "R:matchit,matchit_balance,cobalt",
        "glum",
        "sklearn_lbfgs",
        "sklearn_newton",
        "statsmodels",
        "naive",
        "causallib",
        "psmpy",
    ),
    MILLION: (
        "R:glm",
        "R:matchit,matchit_balance,cobalt",
        "glum",
        "sklearn_lbfgs",
        "statsmodels",
        "naive",
        "causallib",
        "psmpy",
    ),
}
SECONDS = 600
Row = dict[str, Any]


def ours(home: Path, pool: int, runs: int) -> list[Row]:
    """Each step of ours, medians over runs in processes of their own."""
    every = [_once(home) for _ in range(runs)]
    rows = []
    for i, step in enumerate(every[0]):
        figures = {
            key: median([run[i][key] for run in every])
            for key, value in step.items()
            if isinstance(value, int | float)
        }
        rows.append({"peer": step["peer"], "pool": pool, "treated": TREATED, "step": step["step"], **figures})
    return rows


def _once(home: Path) -> list[Row]:
    command = [sys.executable, str(HERE / "matching_parts" / "ours.py"), str(home)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def theirs(home: Path, pool: int, before: list[Row], *, keep: bool, seconds: int) -> list[Row]:
    """What the peers said, now or in the last results; who did not finish a smaller world is not asked again."""
    if keep:
        last = json.loads((RESULTS / "matching.json").read_text(encoding="utf-8"))["rows"]
        return [
            row | {"run": "an earlier one"} for row in last if row["peer"] != OURS and row["pool"] == pool
        ]
    head = {"pool": pool, "treated": TREATED}
    gave_up = {row["peer"]: row["pool"] for row in before if "did not finish" in str(row.get("failed"))}
    rows: list[Row] = []
    for peer in PEERS[pool]:
        if peer in gave_up:
            why = f"not tried: did not finish {gave_up[peer]:,}"
            rows.append({"peer": peer, **head, "step": peer, "failed": why})
        else:
            rows += [{"peer": peer, **head, **answer} for answer in ask(peer, home, seconds=seconds)]
    return rows


def claims(rows: list[Row]) -> list[Claim]:
    """What the rows show."""
    made = [
        _budget(rows, MILLION, 12, 1.5),
        _budget(rows, 5 * MILLION, 75, 4.0),
        _under(rows, "radius", MILLION, 0.3, "radius matching alone, 5,000 v 1,000,000"),
        _under(rows, "bootstrap", MILLION, 12, "wild bootstrap, 1,000 replications, 1,000,000"),
    ]
    one, five = (_seconds(rows, OURS, "match", pool) for pool in (MILLION, 5 * MILLION))
    if one and five:
        made.append(
            Claim(
                "growth from 1,000,000 to 5,000,000", "at most 6 times", f"{five / one:.1f}", five / one <= 6
            )
        )
    residual = max((r["residual"] for r in rows if "residual" in r), default=1.0)
    made.append(Claim("|sum of scores − participants|", "below 0.000001", f"{residual:.0e}", residual < 1e-6))
    made += [
        _ratio(rows, "R:glm", "glm", "match", "R's glm, the score alone, to our score, match and balance"),
        _ratio(
            rows, "R:matchit,matchit_balance,cobalt", "matchit_balance", "match", "MatchIt's balance alone"
        ),
        _ratio(rows, "glum", "glum", "match", "glum, the score alone"),
        _ratio(rows, "statsmodels", "statsmodels", "match", "statsmodels, the score alone"),
        _ratio(rows, "causallib", "causallib", "radius", "causallib, the match alone"),
        _ratio(rows, "psmpy", "psmpy", "radius", "psmpy, the match alone"),
        _ratio(rows, "naive", "naive", "radius", "radius by every pair"),
    ]
    return made


def _budget(rows: list[Row], pool: int, seconds: float, gib: float) -> Claim:
    name = f"score, radius match and balance, 5,000 v {pool:,}, 60 covariates"
    step = next((r for r in rows if (r["peer"], r["step"], r["pool"]) == (OURS, "match", pool)), None)
    if step is None:
        return Claim(name, f"at most {seconds} s and {gib} GiB", "not run", False)
    ok = step["seconds"] <= seconds and step["peak_gib"] <= gib
    return Claim(
        name, f"at most {seconds} s and {gib} GiB", f"{step['seconds']:.1f} s, {step['peak_gib']:.2f} GiB", ok
    )


def _under(rows: list[Row], step: str, pool: int, seconds: float, name: str) -> Claim:
    taken = _seconds(rows, OURS, step, pool)
    return Claim(
        name,
        f"at most {seconds} s",
        f"{taken:.2f} s" if taken else "not run",
        bool(taken and taken <= seconds),
    )


def _ratio(rows: list[Row], peer: str, step: str, own: str, name: str) -> Claim:
    for pool in sorted(PEERS, reverse=True):
        taken, mine = _seconds(rows, peer, step, pool), _seconds(rows, OURS, own, pool)
        if taken and mine:
            kept = any(row["peer"] == peer and "run" in row for row in rows)
            when = " (of an earlier run)" if kept else ""
            return Claim(f"{name}, {pool:,}", "reported", f"{taken / mine:.0f} times{when}", ok=True)
    return Claim(name, "reported", "did not finish", ok=True)


def _seconds(rows: list[Row], peer: str, step: str, pool: int) -> float | None:
    found = [r for r in rows if (r["peer"], r["step"], r["pool"]) == (peer, step, pool) and "seconds" in r]
    return found[-1]["seconds"] if found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 people, no peers")
    parser.add_argument("--work", type=Path, help="keep the worlds here (2 GB)")
    parser.add_argument("--keep-peers", action="store_true", help="take the peers' rows of the last results")
    parser.add_argument("--limit", type=int, default=SECONDS, help="seconds a peer may take")
    parser.add_argument("--pools", type=int, nargs="*", default=list(POOLS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = given.work or Path(folder)
        rows: list[Row] = []
        for pool in [10_000] if given.quick else given.pools:
            home = make(work / str(pool), pool)
            rows += ours(home, pool, 1 if given.quick else 3)
            if pool in PEERS and not given.quick:
                rows += theirs(home, pool, rows, keep=given.keep_peers, seconds=given.limit)
    write_results("matching", rows, claims(rows), quick=given.quick)


if __name__ == "__main__":
    main()
