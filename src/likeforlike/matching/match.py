"""From a sample to a sealed match: score, calliper, radius, balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import InputProblem, Refused
from likeforlike.followup.sample import UNIT_COLUMNS
from likeforlike.matching.balance import balance_table
from likeforlike.matching.design import build_design
from likeforlike.matching.matched import Matched, seal
from likeforlike.matching.radius import pool_weights, windows
from likeforlike.matching.score import NotConverged, Score, fit_score
from likeforlike.matching.support import as_levels, common_support
from likeforlike.study import Plan
from likeforlike.terms import Progress, silent

if TYPE_CHECKING:
    from likeforlike.followup.sample import Sample

Floats = NDArray[np.float64]
NO_COMPARATOR = "no_comparator"
NO_COMPARATOR_REASON = "Nobody in the records is alike enough"


def match(sample: Sample, plan: Plan | None = None, *, progress: Progress = silent) -> Matched:
    """Weight the pool so that it is like the participants, and seal the result with the plan's hash.

    Parameters
    ----------
    sample
        Participants and pool with covariates.
    plan
        What to match on and how closely; the lab's own plan by default.

    Raises
    ------
    InputProblem
        The plan names an unknown covariate.
    Refused
        There is nobody to compare: on one of the two sides, within the calliper, or because the covariates tell
        the groups apart perfectly. Only `detail` says which.
    """
    lab = sample.lab
    plan = plan or Plan.of_lab(lab)
    known = {c.name: c for c in lab.covariates.covariate}
    for name in plan.covariates:
        if name not in known:
            raise InputProblem(
                f"The plan names the covariate '{name}', which covariates.toml does not declare."
            )
    covariates = [known[name] for name in plan.covariates]
    frame = as_levels(sample.frame, covariates)

    progress("Working out how likely each person was to take part")
    inside = common_support(frame, covariates)
    shared = frame.filter(inside)
    treated = shared["treated"].to_numpy()
    if not treated.any() or treated.all():
        raise Refused(lab.disclosure.refusal, "No participant shares all levels with anybody in the pool.")
    try:
        score = fit_score(build_design(shared, covariates), treated)
    except NotConverged as problem:
        raise Refused(lab.disclosure.refusal, str(problem)) from None

    progress("Finding people who are alike")
    caliper = plan.matching.caliper * _spread(score, treated)
    distance = score.logit + _apart(shared, plan.matching.exact, score.logit, caliper)
    near = windows(distance[treated], distance[~treated], caliper)
    weight = np.zeros(shared.height)
    weight[treated] = near.count > 0
    weight[~treated] = pool_weights(near)

    scored = shared.with_columns(distance=distance, weight=weight)
    units = pl.concat(
        [scored, frame.filter(~inside).with_columns(distance=None, weight=0.0)], how="diagonal_relaxed"
    )
    units = units.sort("event_id")
    matched = units.filter(pl.col("treated") & (pl.col("weight") > 0)).height
    if not matched:
        raise Refused(lab.disclosure.refusal, "No participant has anybody within the calliper.")

    progress("Checking that both groups are alike")
    kept = units.select(*UNIT_COLUMNS, "distance", "weight", *plan.covariates)
    return Matched(
        lab=lab,
        plan_sha256=plan.sha256,
        frame=kept,
        covariates=plan.covariates,
        balance=balance_table(units, covariates, plan.matching),
        flow=sample.flow.then(NO_COMPARATOR, NO_COMPARATOR_REASON, matched),
        caliper=caliper,
        score_residual=score.residual,
        seal=seal(plan.sha256, caliper, kept),
    )


def _spread(score: Score, treated: NDArray[np.bool_]) -> float:
    """Standard deviation of the logit over all units, those beyond the participants' range counted at its ends.

    Pool members who could never take part would otherwise widen the calliper for everyone.
    """
    own = score.logit[treated]
    return float(np.std(np.clip(score.logit, own.min(), own.max()), ddof=1))


def _apart(frame: pl.DataFrame, exact: tuple[str, ...], logit: Floats, caliper: float) -> Floats | float:
    """A shift for each stratum that puts different strata out of each other's reach: one pass serves all."""
    if not exact:
        return 0.0
    stratum = frame.select(pl.struct(*exact).rank("dense")).to_series().to_numpy().astype(float)
    return stratum * (float(np.ptp(logit)) + 2 * caliper + 1)
