"""Whether intervals hold the truth as often as they say: 2,000 worlds with known truth in each of sixteen cells.

Every estimator of the product, by size, strength of selection, and with or without terms that the analyst does not
know of. Figures and their Monte Carlo errors as Morris, White & Crowther 2019. A cell's runs are kept as they come,
so that an interrupted benchmark goes on: `bench/results/calibration-runs/`.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl

from calibration_parts.estimators import estimate_all
from calibration_parts.world import POOL, draw
from likeforlike.calibration.certificate import performance
from report import RESULTS, Claim, write_results

REPLICATIONS = 2_000
AT_ONCE = 25
WEAK, STRONG = 0.5, 1.0


def runs_of(task: tuple[int, float, bool, int, int]) -> pl.DataFrame:
    """Some replications of one cell."""
    treated, strength, misspecified, first, last = task
    rows = []
    for replication in range(first, last):
        rng = np.random.default_rng([treated, round(10 * strength), int(misspecified), replication])
        for e in estimate_all(draw(treated, strength, misspecified, rng), replication):
            f = e.found
            rows.append(
                {
                    "size": treated,
                    "strength": strength,
                    "misspecified": misspecified,
                    "replication": replication,
                    "term": "misspecified" if misspecified else "well specified",
                    "method": e.method,
                    "effect": e.effect,
                    "truth": e.truth,
                    "estimate": f.estimate,
                    "std_error": f.std_error,
                    "conf_low": f.conf_low,
                    "conf_high": f.conf_high,
                    "p_value": f.p_value,
                }
            )
    return pl.DataFrame(rows)


def cell(treated: int, strength: float, misspecified: bool, replications: int, kept: Path) -> pl.DataFrame:
    """All replications of one cell, from the disk where they were made before."""
    file = kept / f"{treated}-{strength:g}-{'mis' if misspecified else 'well'}.parquet"
    done = pl.read_parquet(file) if file.is_file() else None
    first = 0 if done is None else done["replication"].max() + 1
    tasks = [
        (treated, strength, misspecified, start, min(start + AT_ONCE, replications))
        for start in range(first, replications, AT_ONCE)
    ]
    # a fork of a process in which polars has run would wait for ever
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for part in pool.map(runs_of, tasks):
            done = part if done is None else pl.concat([done, part])
            done.write_parquet(file)
            print(f"{file.stem}: {done['replication'].max() + 1} of {replications}", flush=True)
    return done.filter(pl.col("replication") < replications)


def claims(table: pl.DataFrame) -> list[Claim]:
    """What must hold of the primary estimator and of AIPW in well-specified cells."""
    well = table.filter(pl.col("term") == "well specified")
    made = []
    for method in ("radius", "AIPW"):
        rows = well.filter(pl.col("method") == method)
        for figure, low, high in (("coverage", 0.935, 0.965), ("false_positives", 0.035, 0.065)):
            values = rows[figure]
            worst = f"{100 * values.min():.1f} to {100 * values.max():.1f}%"
            name = {"radius": "primary (radius, corrected)"}.get(method, method)
            made.append(
                Claim(
                    f"{name}: {figure.replace('_', ' ')} in each of {len(values)} well-specified cells",
                    f"{100 * low:.1f} to {100 * high:.1f}%",
                    worst,
                    bool(values.min() >= low and values.max() <= high),
                )
            )
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--replications", type=int)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(POOL))
    given = parser.parse_args()
    replications = given.replications or (20 if given.quick else REPLICATIONS)
    kept = RESULTS / ("calibration-quick" if given.quick else "calibration-runs")
    kept.mkdir(parents=True, exist_ok=True)
    cells = [
        cell(size, strength, misspecified, replications, kept)
        for misspecified, size, strength in product((False, True), given.sizes, (WEAK, STRONG))
    ]
    table = performance(pl.concat(cells))
    with pl.Config(tbl_rows=-1, tbl_cols=-1):
        print(table)
    write_results("calibration", table.to_dicts(), claims(table), quick=given.quick)


if __name__ == "__main__":
    main()
