"""Whether each lab's own intervals hold the truth as often as they say: made-up programmes on the labs' twins.

    .venv/bin/python bench/lab_calibration.py                     justice and employment, 200 programmes a cell
    .venv/bin/python bench/lab_calibration.py --quick             10 programmes a cell

What `likeforlike calibrate` does on a department's records, done on the twin: placebo programmes are drawn from people
who took part in nothing, and go through the lab's whole analysis, with no effect and with one that prevents 15% of
events. A cell is a measure at a size and strength of selection; it is right if its figure lies within three Monte Carlo
errors of what it should be, an error being that of the nominal share itself (Morris, White & Crowther 2019, table 6).
A cell that ended is kept: an interrupted benchmark goes on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

import likeforlike as lfl
from likeforlike.calibration import calibrate
from likeforlike.calibration.placebo import Selection
from likeforlike.plan import Plan
from report import RESULTS, Claim, write_results

LABS = ("justice", "employment")
PEOPLE = {"justice": 100_000, "employment": 20_000}
"""Of the twins: few people in a year have an event that justice can follow."""
SEED, SIZE, REPLICATIONS = 11, 200, 200
STRENGTHS = (0.5, 1.0)
WANTED = {"coverage": 0.95, "false_positives": 0.05}
ERRORS = 3


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--lab", action="append", choices=LABS, help="By default all.")
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    given = parser.parse_args()
    replications = 10 if given.quick else given.replications
    kept = RESULTS / "lab-calibration-runs"
    kept.mkdir(parents=True, exist_ok=True)
    table = pl.concat([of_lab(name, replications, kept) for name in given.lab or LABS])
    write_results("lab_calibration", table.to_dicts(), claims(table), quick=given.quick)


def of_lab(name: str, replications: int, kept: Path) -> pl.DataFrame:
    """A lab's figures: its primary estimator, each headline measure that counts everyone."""
    lab = lfl.load_lab(name)

    def keep(cell: Selection, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        path = kept / f"{name}-{lab.sha256[:8]}-{cell.size}-{cell.strength:g}-{replications}.parquet"
        if not path.exists():
            make().write_parquet(path)
        return pl.read_parquet(path)

    with TemporaryDirectory() as folder:
        home = Path(folder)
        lfl.write_twin(lab, PEOPLE[name], SEED, home / "twin", participants=SIZE, replicates=20)
        register = lfl.build_register(lab, home / "twin" / "records", home / "register")
        certificate = calibrate(
            *(lab, register, Plan.of_lab(lab)),
            sizes=(SIZE,),
            strengths=STRENGTHS,
            replications=replications,
            methods=("primary",),
            keep=keep,
            progress=lambda said: print(said, flush=True) if said.endswith("0 of 200 programmes") else None,
        )
    return certificate.frame.select(pl.lit(name).alias("lab"), pl.all())


def claims(table: pl.DataFrame) -> list[Claim]:
    """Coverage and false positives of each lab, over its cells and measures."""
    made = []
    for (lab,), rows in table.group_by("lab", maintain_order=True):
        for figure, wanted in WANTED.items():
            apart = (rows[figure] - wanted).abs() / (wanted * (1 - wanted) / rows["replications"]).sqrt()
            low, high = (100 * value for value in (rows[figure].min(), rows[figure].max()))
            made.append(
                Claim(
                    f"{lab} lab: {figure.replace('_', ' ')} in each of {rows.height} cells",
                    f"{wanted:.0%}, within {ERRORS} Monte Carlo errors",
                    f"{low:.1f} to {high:.1f}%, at most {apart.max():.1f} errors away",
                    bool(apart.max() <= ERRORS),
                )
            )
    return made


if __name__ == "__main__":
    main()
