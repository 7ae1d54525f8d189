"""What every benchmark writes: the machine, the versions, rows of measurements, and claims with their verdict."""

from __future__ import annotations

import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("likeforlike", "duckdb", "numpy", "polars", "pyarrow", "scipy", "splink")


@dataclass(frozen=True)
class Claim:
    """A figure that an issue or the documentation names, and whether it was reached."""

    claim: str
    target: str
    measured: str
    ok: bool


def write_results(name: str, rows: list[dict], claims: list[Claim], *, quick: bool) -> None:
    """Print the tables and write `bench/results/NAME.json` (quick runs only print)."""
    for row in rows:
        print("  ".join(f"{k}: {_plain(v)}" for k, v in row.items()))
    print()
    for claim in claims:
        print(f"{'ok  ' if claim.ok else 'MISS'} {claim.claim}: {claim.measured} (target {claim.target})")
    if quick:
        return
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    facts = {
        "name": name,
        "machine": machine,
        "versions": {p: version(p) for p in PACKAGES},
        "rows": rows,
        "claims": [asdict(c) for c in claims],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def median(values: list[float]) -> float:
    return statistics.median(values)


def _plain(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
