"""The study made again under another plan: matched, opened and estimated as the first time, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import Refused
from likeforlike.estimates import Estimates, estimate_effects
from likeforlike.estimates.difference import Difference
from likeforlike.followup import Sample
from likeforlike.labs.definition import Lab, Measure
from likeforlike.matching import Matched, match
from likeforlike.outcomes import Outcomes, open_outcomes
from likeforlike.plan import Plan
from likeforlike.records.engine import Engine
from likeforlike.terms import Progress, silent

Floats = NDArray[np.float64]
Kept = TypeVar("Kept")
FIGURES = ("mean_treated", "mean_comparison", "estimate", "std_error", "conf_low", "conf_high", "p_value")


@dataclass(frozen=True, slots=True)
class Made:
    """What a study under another plan came to."""

    differences: dict[str, Difference]
    """By measure."""
    treated: int
    worst_smd: float


@dataclass(frozen=True, slots=True, repr=False)
class Again:
    """A finished study, and what is needed to make it again; each plan is tried once."""

    sample: Sample
    matched: Matched
    outcomes: Outcomes
    plan: Plan
    register: Engine
    measures: tuple[str, ...]
    progress: Progress = silent
    _made: dict[tuple[object, ...], Made | None] = field(default_factory=dict)
    _kept: dict[str, Any] = field(default_factory=dict)

    @property
    def lab(self) -> Lab:
        return self.matched.lab

    def under(self, plan: Plan, doing: str) -> Made | None:
        """The study under another plan; nothing where it cannot be made.

        Parameters
        ----------
        doing
            What to tell whoever follows the progress.
        """
        return self.with_outcomes_of(self.lab, self.measures, plan, doing)

    def with_outcomes_of(self, lab: Lab, measures: tuple[str, ...], plan: Plan, doing: str) -> Made | None:
        """The same with the outcomes of another version of the lab in place of its own."""
        key = (plan.sha256, lab.sql.outcomes, measures)
        if key not in self._made:
            self.progress(doing)
            self._made[key] = self._try(plan, lab, measures)
        return self._made[key]

    def pair_differences(self, measure: Measure) -> Floats | None:
        """Participant minus the nearest other, shape (pairs,); nothing where there are no pairs."""
        pairs = self.once("pairs", self._paired)
        if pairs is None or not pairs.height:
            return None
        own, other = (pairs[f"{side}{measure.column}"].cast(pl.Float64).to_numpy() for side in ("", "other_"))
        difference: Floats = own - other
        return difference

    def once(self, name: str, work: Callable[[], Kept]) -> Kept:
        """The result of work that several measures share."""
        if name not in self._kept:
            self._kept[name] = work()
        kept: Kept = self._kept[name]
        return kept

    def _try(self, plan: Plan, lab: Lab, measures: tuple[str, ...]) -> Made | None:
        try:
            matched = replace(match(self.sample, plan), lab=lab)
            estimates = estimate_effects(matched, open_outcomes(matched, self.register), measures)
        except Refused:
            return None
        smd = matched.balance["smd_after"].to_numpy()
        return Made(differences(estimates), matched.treated, float(np.nanmax(np.abs(smd))))

    def _paired(self) -> pl.DataFrame | None:
        nearest = {"method": "nearest", "ratio": 1, "replace": False, "calipers": ()}
        self.progress("Pairing each participant with one other person")
        try:
            matched = match(self.sample, with_matching(self.plan, **nearest))
        except Refused:
            return None
        if matched.pairs is None:
            return None
        found = open_outcomes(matched, self.register).frame
        pairs = matched.pairs.join(found, left_on="participant", right_on="event_id")
        others = found.select(pl.all().name.prefix("other_"))
        return pairs.join(others, left_on="other", right_on="other_event_id").sort("participant")


def differences(estimates: Estimates) -> dict[str, Difference]:
    """Each measure's difference."""
    rows = estimates.frame.select("term", *FIGURES).fill_null(float("nan")).iter_rows(named=True)
    return {row["term"]: Difference(**{key: row[key] for key in FIGURES}) for row in rows}


def with_matching(plan: Plan, **changes: object) -> Plan:
    """The plan with other rules of matching."""
    return plan.model_copy(update={"matching": plan.matching.model_copy(update=changes)})


def without_covariates(plan: Plan, names: Iterable[str]) -> Plan:
    """The plan without some covariates, and without what is built on them."""
    out = set(names)
    exact = tuple(name for name in plan.matching.exact if name not in out)
    changes = {
        "covariates": tuple(name for name in plan.covariates if name not in out),
        "interactions": tuple(pair for pair in plan.interactions if not out & set(pair)),
    }
    return with_matching(plan, exact=exact).model_copy(update=changes)
