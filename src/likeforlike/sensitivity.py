"""Whether the result would be another, had the links been made more readily or more cautiously."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.errors import Refused
from likeforlike.estimates import Estimates, estimate_effects
from likeforlike.followup import follow_up
from likeforlike.linkage import Links
from likeforlike.linkage.relink import at_threshold
from likeforlike.matching import match
from likeforlike.outcomes import open_outcomes
from likeforlike.terms import Progress, silent

if TYPE_CHECKING:
    from likeforlike.plan import Plan
    from likeforlike.records import Register

ESTIMATE = pl.Schema(
    {
        "term": pl.String(),
        "estimate": pl.Float64(),
        "conf_low": pl.Float64(),
        "conf_high": pl.Float64(),
        "p_value": pl.Float64(),
        "n": pl.Int64(),
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Sensitivity:
    """The estimates at other thresholds of linkage; for the vault only."""

    frame: pl.DataFrame
    """`threshold, linked, term, estimate, conf_low, conf_high, p_value, n`; the estimates are null where the study
    could not have been made."""

    def summary(self) -> str:
        """Each measure's estimates in a line."""
        lines = []
        for (term,), rows in self.frame.group_by("term", maintain_order=True):
            known = rows.drop_nulls("estimate").drop_nans("estimate")
            told = [f"{r['estimate']:+.4g} at {r['threshold']:g}" for r in known.to_dicts()]
            lines.append(f"{term}: {', '.join(told) or 'no estimate'}")
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        return {"sensitivity": self.frame.to_dicts()}


def threshold_sensitivity(
    links: Links, register: Register, plan: Plan, estimates: Estimates, *, progress: Progress = silent
) -> Sensitivity:
    """Make the study again at the plan's other thresholds.

    Parameters
    ----------
    links, register
        The links of the study and the register they were found in.
    plan
        Says how the groups are compared, and the thresholds.
    estimates
        The study's own, for its threshold and for any that gives the same links.
    """
    own = links.cohort.lab.linkage.threshold
    rows = [_told(own, links, estimates.frame)]
    for threshold in sorted({*plan.thresholds} - {own}):
        progress(f"Once more with a linkage threshold of {threshold:g}")
        others = at_threshold(links, register, threshold)
        same = others.frame.select("participant", "person_id").equals(
            links.frame.select("participant", "person_id")
        )
        again = estimates.frame if same else _estimates(others, register, plan)
        rows.append(_told(threshold, others, again))
    return Sensitivity(pl.concat(rows).sort("threshold", maintain_order=True))


def _estimates(links: Links, register: Register, plan: Plan) -> pl.DataFrame:
    try:
        matched = match(follow_up(links, register, seed=plan.seed, trial=plan.trial), plan)
        return estimate_effects(matched, open_outcomes(matched, register), plan.measures).frame
    except Refused:
        return pl.DataFrame([{"term": name} for name in plan.measures], schema=ESTIMATE)


def _told(threshold: float, links: Links, estimates: pl.DataFrame) -> pl.DataFrame:
    return estimates.select(
        pl.lit(threshold).alias("threshold"),
        pl.lit(links.frame.height).alias("linked"),
        *(pl.col(name).cast(kind) for name, kind in ESTIMATE.items()),
    )
