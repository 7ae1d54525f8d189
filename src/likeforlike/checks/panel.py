"""The ways of comparing that the panel tries: other matches and weights, other estimators on the same people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.checks.again import with_matching
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.specifications import Specification
from likeforlike.estimates.aipw import cross_fitted_aipw, regression_adjusted
from likeforlike.estimates.beside import SPLITS, STEADY
from likeforlike.estimates.difference import Difference
from likeforlike.estimates.ttest import justice_t_test
from likeforlike.estimates.weighted import weighted_means
from likeforlike.matching.design import Design, build_design

Floats = NDArray[np.float64]
ANOTHER_GROUP = "Overlap weights (about those who could as well have been on either side)"


def rematched(title: str, *, counted: bool = True, **matching: object) -> Specification:
    """The whole study again with other rules of matching."""

    def estimate(evidence: Evidence) -> Difference | None:
        plan = with_matching(evidence.study.plan, calipers=(), **matching)
        made = evidence.study.under(plan, f"Once more: {title.lower()}")
        return made.differences[evidence.measure.name] if made else None

    return Specification(title, estimate, counted, matching)


def _aipw(evidence: Evidence) -> Difference | None:
    """All measures at once: they share the folds and their scores."""
    study = evidence.study
    names = [name for name in study.measures if not study.lab.outcomes.get(name).descriptive]

    def work() -> dict[str, Difference]:
        study.progress("Once more: doubly robust")
        frame = study.outcomes.frame.sort("event_id")
        columns = [study.lab.outcomes.get(name).column for name in names]
        values = np.array([frame[column].cast(pl.Float64).to_numpy() for column in columns])
        splits = 1 if evidence.treated.sum() >= STEADY else SPLITS
        place = study.plan.place
        cluster = evidence.units[place].rank("dense").to_numpy().astype(np.intp) if place else None
        found = cross_fitted_aipw(
            _design(evidence),
            evidence.treated,
            values,
            study.plan.seed,
            splits=splits,
            cluster=cluster,
            by_lot=study.plan.trial is not None,
        )
        return {name: one.difference for name, one in zip(names, found, strict=True)}

    return study.once("aipw", work).get(evidence.measure.name)


def _regression(evidence: Evidence) -> Difference | None:
    """Not where whole places took part: its error counts everyone as one."""
    if evidence.study.plan.place:
        return None
    return regression_adjusted(evidence.outcome, evidence.treated, _design(evidence))


def _t_test(evidence: Evidence) -> Difference | None:
    """Not where whole places took part, as for regression."""
    if evidence.study.plan.place:
        return None
    own, weight, outcome = evidence.treated, evidence.weight, evidence.outcome
    return justice_t_test(outcome[own], outcome[~own], weight[~own], weight[own])


def _unweighted(evidence: Evidence) -> Difference | None:
    own, others = evidence.outcome[evidence.treated], evidence.outcome[~evidence.treated]
    return weighted_means(own, others, np.ones(len(own)), np.ones(len(others))).difference()


def _design(evidence: Evidence) -> Design:
    study = evidence.study
    work: Callable[[], Design] = lambda: build_design(  # noqa: E731
        evidence.units, evidence.covariates, study.matched.interactions
    )
    return study.once("design", work)


SPECIFICATIONS = {
    "radius": rematched("Radius matching", method="radius"),
    "kernel": rematched("Kernel matching", method="kernel"),
    "nearest": rematched("Nearest neighbour, none twice", method="nearest", ratio=1, replace=False),
    "nearest_replaced": rematched(
        "Nearest neighbour, with replacement", method="nearest", ratio=1, replace=True
    ),
    "odds": rematched("Weighting by the odds of taking part", method="odds"),
    "entropy": rematched("Entropy balancing", method="entropy"),
    "overlap": rematched(ANOTHER_GROUP, method="overlap", counted=False),
    "aipw": Specification("Doubly robust, cross-fitted", _aipw),
    "t_test": Specification("The Justice Data Lab's t-test", _t_test),
    "regression": Specification("Linear regression", _regression),
    "unweighted": Specification("Unweighted, nothing taken into account", _unweighted, counted=False),
}
"""By name. Those that do not count estimate something else, or compare unlike people."""
