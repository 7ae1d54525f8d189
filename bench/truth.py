"""Does the lab find the truth? Whole runs on twins whose programme's effect is known.

Each seed makes its own twin, register, spreadsheet and study, so that errors of linkage, follow-up and matching
all count. Half the runs have an effect, half have none. The linkage model is trained once, on a twin of its own, as a
lab would keep it from one extract to the next.

    .venv/bin/python bench/truth.py            200 seeds of each, resumable
    .venv/bin/python bench/truth.py --quick    4 seeds of each
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from report import RESULTS, Claim, write_results

PEOPLE = 60_000
PARTICIPANTS = 500
EFFECT = -0.08
PARTS = RESULTS / "truth-runs.jsonl"


@cache
def use_one_model() -> None:
    """Train linkage once in each process, always on the same twin, and use that model for every register."""
    import likeforlike as lfl
    from likeforlike.linkage import train

    lab = lfl.load_lab("justice")
    with tempfile.TemporaryDirectory() as folder:
        lfl.write_twin(lab, PEOPLE, 0, Path(folder) / "twin", effect=0.0, participants=PARTICIPANTS)
        model = lfl.build_register(
            lab, Path(folder) / "twin" / "records", Path(folder) / "register"
        ).linkage_model
    train.train_model = lambda *_: model


def one_run(seed: int, effect: float) -> dict[str, float]:
    """One twin from beginning to end."""
    import likeforlike as lfl
    from likeforlike.synthetic import read_truth

    use_one_model()
    lab = lfl.load_lab("justice")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        lfl.write_twin(lab, PEOPLE, seed, home / "twin", effect=effect, participants=PARTICIPANTS)
        lfl.build_register(lab, home / "twin" / "records", home / "register")
        register = lfl.open_register(home / "register", lab, threads=1)
        cohort = lfl.read_cohort(home / "twin" / "programme" / "participants.xlsx", lab)
        links = lfl.link(cohort, register)
        matched = lfl.match(lfl.follow_up(links, register, seed=seed))
        rate = (
            lfl.estimate(matched, register)
            .to_frame()
            .filter(pl.col("term") == "reoffended")
            .row(0, named=True)
        )
        truth = read_truth(home / "twin")
        return {
            "seed": seed,
            "effect": effect,
            **_truth_of(matched.frame, truth),
            **{k: rate[k] for k in ("estimate", "std_error", "conf_low", "conf_high", "p_value", "n")},
            **_linkage(cohort.people, links.frame, truth),
        }


def _truth_of(frame: pl.DataFrame, truth: object) -> dict[str, float]:
    """The true effect on those analysed: people linked wrongly were never helped, so theirs is zero."""
    analysed = frame.filter(pl.col("treated") & (pl.col("weight") > 0)).select("person_id")
    known = analysed.join(truth.participants, on="person_id", how="left")
    effects = (known["p1"] - known["p0"]).fill_null(0.0)
    helped = known.drop_nulls("p1")
    return {"truth": effects.mean(), "truth_helped": (helped["p1"] - helped["p0"]).mean()}


def _linkage(people: pl.DataFrame, links: pl.DataFrame, truth: object) -> dict[str, int]:
    listed = people.select("participant", pl.col("row").cast(pl.Int64)).join(
        truth.rows.select(pl.col("row").cast(pl.Int64), pl.col("person_id").alias("true_person")),
        on="row",
        how="left",
    )
    found = listed.join(links.select("participant", "person_id"), on="participant", how="left")
    right = found.filter(pl.col("person_id") == pl.col("true_person")).height
    return {
        "links": found["person_id"].count(),
        "right": right,
        "findable": found["true_person"].n_unique() - int(found["true_person"].null_count() > 0),
    }


def run_all(seeds: int, workers: int) -> list[dict[str, float]]:
    """Every run, keeping finished ones in a file so that the benchmark can be stopped."""
    done = [json.loads(line) for line in PARTS.read_text().splitlines()] if PARTS.exists() else []
    known = {(r["seed"], r["effect"]) for r in done}
    wanted = [(s, e) for s in range(1, seeds + 1) for e in (EFFECT, 0.0) if (s, e) not in known]
    RESULTS.mkdir(exist_ok=True)
    with ProcessPoolExecutor(workers) as pool:
        for row in pool.map(one_run, *zip(*wanted, strict=True)) if wanted else []:
            done.append(row)
            with PARTS.open("a") as file:
                file.write(json.dumps(row) + "\n")
            print(
                f"{row['seed']} {row['effect']}: {row['estimate']:.3f}, true {row['truth']:.3f}", flush=True
            )
    return [r for r in done if r["seed"] <= seeds]


def summarise(runs: list[dict[str, float]]) -> tuple[list[dict], list[Claim]]:
    rows = []
    for effect in (EFFECT, 0.0):
        mine = [r for r in runs if r["effect"] == effect]
        n = len(mine)
        errors = [r["estimate"] - r["truth"] for r in mine]
        bias = sum(errors) / n
        empirical = math.sqrt(sum((e - bias) ** 2 for e in errors) / max(n - 1, 1))
        rows.append(
            {
                "programme": "with an effect" if effect else "without an effect",
                "runs": n,
                "mean true effect": sum(r["truth_helped"] for r in mine) / n,
                "bias": bias,
                "bias Monte Carlo error": empirical / math.sqrt(n),
                "empirical SE": empirical,
                "mean model SE": sum(r["std_error"] for r in mine) / n,
                "coverage": sum(r["conf_low"] <= r["truth"] <= r["conf_high"] for r in mine) / n,
                "coverage of the effect on those helped": sum(
                    r["conf_low"] <= r["truth_helped"] <= r["conf_high"] for r in mine
                )
                / n,
                "called significant": sum(r["p_value"] <= 0.05 for r in mine) / n,
                "linkage precision": sum(r["right"] for r in mine) / sum(r["links"] for r in mine),
                "linkage recall": sum(r["right"] for r in mine) / sum(r["findable"] for r in mine),
            }
        )
    with_effect, without = rows
    covered = [r["coverage of the effect on those helped"] for r in rows]
    return rows, [
        Claim(
            "95% interval covers the true effect on the treated",
            "92 to 98% of runs",
            f"{100 * covered[0]:.1f}% with an effect, {100 * covered[1]:.1f}% without",
            all(0.92 <= c <= 0.98 for c in covered),
        ),
        Claim(
            "a programme without effect is called significant",
            "2 to 8% of runs",
            f"{100 * without['called significant']:.1f}%",
            0.02 <= without["called significant"] <= 0.08,
        ),
        Claim(
            "bias of the rate difference",
            "reported",
            f"{100 * with_effect['bias']:+.2f} and {100 * without['bias']:+.2f} percentage points",
            True,
        ),
        Claim(
            "linkage precision and recall on the twin",
            "reported",
            f"{without['linkage precision']:.4f} and {without['linkage recall']:.4f}",
            True,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    given = parser.parse_args()
    seeds = 4 if given.quick else given.seeds
    rows, claims = summarise(run_all(seeds, given.workers))
    write_results("truth", rows, claims, quick=given.quick)


if __name__ == "__main__":
    main()
