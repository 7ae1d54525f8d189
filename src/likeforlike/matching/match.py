"""From a sample to a sealed match: score, calliper, weights, balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import Refused
from likeforlike.followup.sample import UNIT_COLUMNS
from likeforlike.labs.definition import Covariate
from likeforlike.matching.balance import balance_table
from likeforlike.matching.caliper import CaliperChoice, choose_caliper
from likeforlike.matching.design import Design, build_design
from likeforlike.matching.entropy import NotBalanceable
from likeforlike.matching.matched import BY_LOT, Matched, largest_difference
from likeforlike.matching.methods import Scored, apart, spread, weigh
from likeforlike.matching.score import NotConverged, Score, fit_score
from likeforlike.matching.seal import seal
from likeforlike.matching.support import as_levels, common_support, rare_levels
from likeforlike.matching.weights import Weights
from likeforlike.plan import Plan
from likeforlike.terms import Progress, silent

if TYPE_CHECKING:
    from likeforlike.followup.sample import Sample

Mask = NDArray[np.bool_]
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
    plan.check_names(lab)
    known = {c.name: c for c in lab.covariates.covariate}
    covariates = [known[name] for name in plan.covariates]
    columns = dict.fromkeys((*UNIT_COLUMNS, *plan.covariates, *([plan.place] if plan.place else [])))
    place = [known[plan.place]] if plan.place and plan.place not in plan.covariates else []
    frame = as_levels(sample.frame.select(*columns), [*covariates, *place])
    frame = frame if frame["event_id"].is_sorted() else frame.sort("event_id")
    if plan.trial:
        return _by_lot(sample, frame, covariates, plan)

    progress("Working out how likely each person was to take part")
    inside = common_support(frame, covariates)
    treated, among = frame["treated"].to_numpy(), inside.to_numpy()
    participants, pool = treated & among, ~treated & among
    if not participants.any() or not pool.any():
        raise Refused(lab.disclosure.refusal, "No participant shares all levels with anybody in the pool.")
    design = build_design(frame, covariates, plan.interactions, among)
    try:
        score = _score(design, treated, among, plan)
    except NotConverged as problem:
        raise Refused(lab.disclosure.refusal, str(problem)) from None

    progress("Finding people who are alike")
    matching = plan.matching
    sd = spread(score.logit[among], treated[among])
    reach = sd * max(matching.caliper, *matching.calipers, 0.0)
    distance = score.logit + apart(frame, matching.exact, score.logit[among], reach)
    scored = Scored(design, score.logit, distance, participants, pool, sd)
    choice = _choice(scored, frame, covariates, plan)
    caliper = sd * (choice.caliper if choice else matching.caliper)
    try:
        weights = weigh(scored, matching, caliper)
    except NotBalanceable as problem:
        raise Refused(lab.disclosure.refusal, str(problem)) from None

    units = _weighted(frame, scored, weights)
    matched = int((weights.treated > 0).sum())
    if not matched:
        raise Refused(lab.disclosure.refusal, "No participant has anybody within the calliper.")

    progress("Checking that both groups are alike")
    return Matched(
        lab=lab,
        plan_sha256=plan.sha256,
        method=matching.method,
        frame=units,
        pairs=_pairs(frame["event_id"], scored, weights),
        covariates=plan.covariates,
        interactions=plan.interactions,
        place=plan.place,
        balance=balance_table(units, covariates, matching),
        callipers=choice.table if choice else None,
        flow=sample.flow.then(NO_COMPARATOR, NO_COMPARATOR_REASON, matched),
        caliper=caliper,
        score_residual=score.residual,
        penalty=score.penalty,
        notes=(
            *rare_levels(frame, covariates, inside),
            *(f"'{t}' adds nothing to the others." for t in design.dropped),
        ),
        seal=seal(plan.sha256, caliper, units),
    )


def _by_lot(sample: Sample, frame: pl.DataFrame, covariates: list[Covariate], plan: Plan) -> Matched:
    """Both arms as they are: lots have made them alike."""
    treated = int(frame["treated"].sum())
    others = frame.height - treated
    if not min(treated, others):
        raise Refused(sample.lab.disclosure.refusal, "One arm of the trial has nobody who can be followed.")
    weight = pl.when("treated").then(1.0).otherwise(treated / others)
    units = frame.with_columns(distance=pl.lit(0.0), weight=weight)
    order = (*UNIT_COLUMNS, "distance", "weight")
    units = units.select(*order, pl.exclude(*order))
    return Matched(
        lab=sample.lab,
        plan_sha256=plan.sha256,
        method=BY_LOT,
        frame=units,
        pairs=None,
        covariates=plan.covariates,
        interactions=plan.interactions,
        place=plan.place,
        balance=balance_table(units, covariates, plan.matching),
        callipers=None,
        flow=sample.flow,
        caliper=0.0,
        score_residual=0.0,
        penalty="none",
        notes=(),
        seal=seal(plan.sha256, 0.0, units),
    )


def _score(design: Design, treated: Mask, among: Mask, plan: Plan) -> Score:
    try:
        return fit_score(design, treated, among=among)
    except NotConverged:
        if plan.matching.penalty == "none":
            raise
        return fit_score(design, treated, plan.matching.penalty, among)


def _choice(
    scored: Scored, frame: pl.DataFrame, covariates: list[Covariate], plan: Plan
) -> CaliperChoice | None:
    if not plan.matching.calipers or not plan.matching.by_distance:
        return None

    def imbalance(weights: Weights) -> float:
        weighted = _weighted(frame, scored, weights)
        return largest_difference(balance_table(weighted, covariates, plan.matching))

    return choose_caliper(
        plan.matching.calipers,
        lambda caliper: weigh(scored, plan.matching, caliper * scored.spread),
        imbalance,
        good=plan.matching.green_smd,
    )


def _weighted(frame: pl.DataFrame, scored: Scored, weights: Weights) -> pl.DataFrame:
    """Everyone with distance and weight; those without support have neither."""
    weight, distance = np.zeros(frame.height), np.full(frame.height, np.nan)
    for group, theirs in ((scored.participants, weights.treated), (scored.pool, weights.pool)):
        weight[group], distance[group] = theirs, scored.distance[group]
    order = (*UNIT_COLUMNS, "distance", "weight")
    known = pl.Series("distance", distance).fill_nan(None)
    return frame.with_columns(known, weight=weight).select(*order, pl.exclude(*order))


def _pairs(events: pl.Series, scored: Scored, weights: Weights) -> pl.DataFrame | None:
    if weights.pairs is None:
        return None
    participants, pool = (events.filter(pl.Series(group)) for group in (scored.participants, scored.pool))
    return pl.DataFrame({"participant": participants[weights.pairs[0]], "other": pool[weights.pairs[1]]})
