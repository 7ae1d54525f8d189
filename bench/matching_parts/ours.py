"""Our own side in a process of its own: match a world, estimate, bootstrap, and print what each step took as JSON.

python bench/matching_parts/ours.py FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from likeforlike.estimates.bootstrap import wild_bootstrap
from likeforlike.estimates.estimate import Groups
from likeforlike.followup import Sample
from likeforlike.labs import load_lab
from likeforlike.labs.definition import Covariate, Lab
from likeforlike.matching import Matched, match
from likeforlike.matching.radius import radius
from likeforlike.outcomes import Outcomes
from likeforlike.plan import Plan
from likeforlike.terms import Flow

NOT_COVARIATES = ("event_id", "person_id", "index_date", "treated")
KINDS = {pl.Boolean: "flag", pl.String: "category"}


def main(folder: str) -> None:
    home = Path(folder)
    sample = sample_of(home)
    note("read", units=sample.frame.height)
    matched = told("match", lambda: match(sample, _plan(sample.lab)))
    smd = matched.balance["smd_after"].abs().max()
    note("matched", treated=matched.treated, residual=matched.score_residual, worst_smd=smd)
    _radius_alone(matched)
    outcomes = Outcomes(matched.lab, matched.seal, pl.read_parquet(home / "outcomes.parquet"))
    groups = told("join", lambda: Groups.of(matched, outcomes))
    values = groups.units["reoffended"].cast(pl.Float64).to_numpy()
    found = told("estimate", lambda: groups.linearised(values))
    boot = told("bootstrap", lambda: wild_bootstrap(found, 1))
    plain = found.difference()
    note("effect", estimate=plain.estimate, std_error=plain.std_error, bootstrap_error=boot.std_error)


def sample_of(home: Path) -> Sample:
    """The world as the follow-up stage would give it."""
    frame = pl.read_parquet(home / "units.parquet").rechunk()
    covariates = tuple(
        Covariate(name=name, label=name, kind=KINDS.get(type(kind), "number"), group="all")
        for name, kind in zip(frame.columns, frame.dtypes, strict=True)
        if name not in NOT_COVARIATES
    )
    lab = load_lab("justice")
    held = lab.covariates.model_copy(update={"covariate": covariates, "interaction": ()})
    treated = int(frame["treated"].sum())
    flow, pool_flow = Flow.start(treated), Flow.start(frame.height - treated)
    return Sample(lab.model_copy(update={"covariates": held}), frame, pl.DataFrame(), flow, pool_flow)


def _plan(lab: Lab) -> Plan:
    matching = lab.head.matching.model_copy(update={"caliper": 0.2, "exact": ()})
    return Plan.of_lab(lab).model_copy(update={"matching": matching})


def _radius_alone(matched: Matched) -> None:
    treated = matched.frame["treated"].to_numpy()
    distance = np.nan_to_num(matched.frame["distance"].to_numpy(), nan=1e9)
    told("radius", lambda: radius(distance[treated], distance[~treated], matched.caliper))


def told(step: str, work: Callable[[], Any]) -> Any:
    """Do a step and print how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    note(step, seconds=time.perf_counter() - wall, cpu_seconds=time.process_time() - cpu)
    return result


def note(step: str, **figures: float) -> None:
    """Print figures of a step."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"peer": "Like for Like", "step": step, **figures, "peak_gib": peak}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
