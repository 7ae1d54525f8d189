"""What a match looks like from every side, before any outcome is seen: scores, weights, who was lost, and parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.matching.balance import COLUMNS
from likeforlike.matching.balance_within import WORST, BalanceWithin, balance_within
from likeforlike.matching.design import build_design
from likeforlike.matching.higher_order import higher_order_balance
from likeforlike.matching.matched import BY_LOT
from likeforlike.matching.overlap import BANDS, Overlap, WeightSpread, overlap, weight_spread
from likeforlike.matching.profile import Profile, profile
from likeforlike.matching.score import fit_score
from likeforlike.plan import condition_columns

if TYPE_CHECKING:
    import altair as alt

    from likeforlike.followup.sample import Sample
    from likeforlike.labs.definition import Covariate
    from likeforlike.matching.matched import Matched
    from likeforlike.plan import Plan, SubGroup

Floats = NDArray[np.float64]
REST = "everyone else"
WITHIN = {"subgroup": pl.String, **COLUMNS}


@dataclass(frozen=True, slots=True, repr=False)
class Diagnostics:
    """Counts and figures of a match, unrounded and without any person; for the vault only."""

    scores: pl.DataFrame
    """The frame of `Overlap`; empty for arms drawn by lot, who have no score."""
    score_figures: dict[str, float | None]
    weights: pl.DataFrame
    """The frame of `WeightSpread`."""
    weight_figures: dict[str, Any]
    groups: pl.DataFrame
    """The frame of `Profile`: all participants, the matched, the lost, the pool and the comparison."""
    people: pl.DataFrame
    """How many each of these has, as in `Profile`."""
    worst: pl.DataFrame
    """The largest difference within each declared sub-group, and each level of the exact covariates."""
    within: pl.DataFrame
    """The balance table of each of them."""
    beyond: pl.DataFrame
    """Balance of the score, of squares and of the most unequal products; see `higher_order_balance`."""

    @property
    def overlap(self) -> Overlap:
        return Overlap(self.scores, **self.score_figures)

    @property
    def weight_spread(self) -> WeightSpread:
        return WeightSpread(self.weights, **self.weight_figures)

    @property
    def profile(self) -> Profile:
        return Profile(self.groups, self.people)

    @property
    def balance_within(self) -> BalanceWithin:
        return BalanceWithin(self.worst, self.within)

    def __repr__(self) -> str:
        return f"<Diagnostics: {self.scores.height} bands of scores, {self.worst.height} parts>"

    def summary(self) -> str:
        """Each side of the match in a line or a few."""
        lines = [self.overlap.summary()] if self.scores.height else []
        lines += [self.weight_spread.summary(), self.profile.summary()]
        lines += [self.balance_within.summary()] if self.worst.height else []
        return "\n".join([*lines, _beyond(self.beyond)])

    def to_frame(self) -> pl.DataFrame:
        """The groups side by side."""
        return self.groups

    def to_dict(self) -> dict[str, Any]:
        return {
            "overlap": self.overlap.to_dict(),
            "weights": self.weight_spread.to_dict(),
            "profile": self.profile.to_dict(),
            "within": self.balance_within.to_dict(),
            "beyond": self.beyond.to_dicts(),
        }

    def plot(self) -> alt.FacetChart:
        """The groups' scores before and after matching."""
        import altair as alt

        told = {"treated": "before", "pool": "before", "matched": "after", "comparison": "after"}
        long = self.scores.drop_nulls(["low", "high"]).unpivot(
            list(told), index=["low", "high"], variable_name="group", value_name="share"
        )
        chart: alt.FacetChart = (
            alt.Chart(long.with_columns(matching=pl.col("group").replace(told)))
            .mark_line(interpolate="step-after")
            .encode(
                x=alt.X("low:Q", title="Logit of the score"),
                y=alt.Y("share:Q", title="Share of the group"),
                color=alt.Color("group:N"),
                strokeDash=alt.StrokeDash("group:N"),
            )
            .facet(row=alt.Row("matching:N", sort=["before", "after"], title=None))
        )
        return chart


def diagnose(sample: Sample, matched: Matched, plan: Plan) -> Diagnostics:
    """Look at a match from every side.

    Parameters
    ----------
    sample
        What was matched: it holds what the conditions of sub-groups are about.
    matched, plan
        The match, and the plan it was made by.
    """
    known = {c.name: c for c in matched.lab.covariates.covariate}
    covariates = [known[name] for name in matched.covariates]
    frame, limits = matched.frame, plan.matching
    weight, treated = frame["weight"].to_numpy(), frame["treated"].to_numpy()
    logit = _logit(matched, covariates, plan)
    scores = None
    if logit is not None:
        scores = overlap(logit[treated], logit[~treated], weight[treated], weight[~treated])
    spread, sides = weight_spread(weight[~treated]), profile(frame, covariates)
    parts = [
        balance_within(frame, covariates, limits, names) for names in _parts(sample, matched, known, plan)
    ]
    return Diagnostics(
        scores=scores.frame if scores else pl.DataFrame(schema=BANDS),
        score_figures={
            name: getattr(scores, name, None)
            for name in ("coefficient_before", "coefficient_after", "outside")
        },
        weights=spread.frame,
        weight_figures={
            name: getattr(spread, name)
            for name in ("used", "unused", "largest", "largest_share", "effective")
        },
        groups=sides.frame,
        people=sides.people,
        worst=pl.concat([pl.DataFrame(schema=WORST), *(part.worst for part in parts)]),
        within=pl.concat([pl.DataFrame(schema=WITHIN), *(part.table for part in parts)]),
        beyond=higher_order_balance(frame, covariates, limits, score=logit),
    )


def _logit(matched: Matched, covariates: list[Covariate], plan: Plan) -> Floats | None:
    """(units,), NaN for who cannot be compared; nothing for arms drawn by lot.

    Exact strata have been set apart in the distance, and only the score itself can tell by how much.
    """
    frame = matched.frame
    if matched.method == BY_LOT:
        return None
    distance: Floats = frame["distance"].cast(pl.Float64).to_numpy()
    if not plan.matching.exact:
        return distance
    among = ~np.isnan(distance)
    design = build_design(frame, covariates, matched.interactions, among)
    penalty = "none" if matched.penalty == "none" else plan.matching.penalty
    fitted = fit_score(design, frame["treated"].to_numpy(), penalty, among).logit
    logit: Floats = np.where(among, fitted, np.nan)
    return logit


def _parts(sample: Sample, matched: Matched, known: dict[str, Covariate], plan: Plan) -> Iterator[pl.Series]:
    """For each way of cutting both groups, the name of each unit's part.

    A condition over columns of the list cuts the participants alone: their comparison has no such part.
    """
    for name in plan.matching.exact:
        covariate = known[name]
        labels = {level: str(label) for level, label in covariate.levels.items()}
        level = pl.col(name).cast(pl.String).replace(labels)
        yield matched.frame.select(pl.lit(f"{covariate.label}: ") + level).to_series()
    units = sample.frame if sample.frame["event_id"].is_sorted() else sample.frame.sort("event_id")
    for group in plan.sub_groups:
        inside = _inside(group, units, sample)
        if inside is not None:
            named = pl.when("inside").then(pl.lit(group.label)).otherwise(pl.lit(f"{group.label}: {REST}"))
            whole = pl.DataFrame({"inside": inside})
            yield whole.select(pl.when(pl.col("inside").is_not_null()).then(named)).to_series()


def _inside(group: SubGroup, units: pl.DataFrame, sample: Sample) -> pl.Series | None:
    condition, types = group.condition(sample.lab), condition_columns(sample.lab)
    named = set(condition.meta.root_names())
    if not named <= set(units.columns):
        return None
    typed = units.select(pl.col(name).cast(types[name]) for name in sorted(named))
    return typed.select(inside=condition)["inside"]


def _beyond(table: pl.DataFrame) -> str:
    of = table.filter(pl.col("kind") != "score").filter(pl.col("smd_after").is_finite())
    if not of.height:
        return "There are no squares or products to compare."
    worst = of.sort(pl.col("smd_after").abs(), descending=True, maintain_order=True).row(0, named=True)
    reds = of.filter(light="red").height
    return (
        f"Of {of.height} squares and unequal products, {reds} are red; the largest difference is that of "
        f"{worst['term']} ({worst['smd_after']:+.3f} SD)."
    )
