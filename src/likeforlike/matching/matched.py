"""The sealed match: weights, losses and balance, fixed before any outcome is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from likeforlike.detectable import detectable_effect, rate_spread
from likeforlike.errors import SealBroken
from likeforlike.labs.definition import Lab
from likeforlike.matching.effective import effective_size
from likeforlike.matching.seal import seal
from likeforlike.terms import Flow

if TYPE_CHECKING:
    import altair as alt

BY_LOT = "trial"
"""The method where lots decided who took part, so that nobody is matched."""
TYPICAL_RATES = 0.2, 0.5
"""Most rates of reoffending lie between."""


@dataclass(frozen=True, slots=True, repr=False)
class Matched:
    """Participants and the weighted pool members alike to them.

    `frame` has one row a unit of the sample, sorted by `event_id`: `event_id person_id index_date treated
    distance weight`, then the covariates of the plan, and its place; distance is the logit, with exact strata set
    apart; weight is 1 for matched participants (less under `overlap`) and 0 for whoever is left out.
    """

    lab: Lab
    plan_sha256: str
    method: str
    """How people were matched or weighted."""
    frame: pl.DataFrame
    pairs: pl.DataFrame | None
    """`participant, other` (event ids), for nearest neighbours only."""
    covariates: tuple[str, ...]
    """What the groups are alike on, in the plan's order."""
    interactions: tuple[tuple[str, str], ...]
    place: str | None
    """The covariate whose levels are clusters, where whole places took part."""
    balance: pl.DataFrame
    callipers: pl.DataFrame | None
    """What was tried, where the calliper was chosen by balance."""
    flow: Flow
    caliper: float
    """Half-width of the radius, on the logit scale."""
    score_residual: float
    """|sum of scores − participants|: zero when the likelihood is at its maximum."""
    penalty: str
    """What the score needed to have a maximum; `none` if nothing."""
    notes: tuple[str, ...]
    """Levels that are rare, and terms that add nothing."""
    seal: str

    @property
    def treated(self) -> int:
        return self.frame.filter(pl.col("treated") & (pl.col("weight") > 0)).height

    @property
    def comparison(self) -> int:
        return self.frame.filter(~pl.col("treated") & (pl.col("weight") > 0)).height

    @property
    def effective_comparison(self) -> float:
        """Effective sample size of the comparison group."""
        return effective_size(self.frame.filter(~pl.col("treated"))["weight"].to_numpy())

    def detectable(self, baseline: float) -> float:
        """The smallest true difference of a rate that would be found significant four times in five, as a share.

        What the groups' effective sizes allow, were people independent: where whole places took part, it takes more.

        Parameters
        ----------
        baseline
            Share of people who have the outcome, from 0 to 1.
        """
        own = effective_size(self.frame.filter("treated")["weight"].to_numpy())
        return float(detectable_effect(own, self.effective_comparison / own, rate_spread(baseline)))

    def check_seal(self) -> None:
        """Make sure that nothing changed since matching.

        Raises
        ------
        SealBroken
            Plan, calliper or frame are not those that were sealed.
        """
        if seal(self.plan_sha256, self.caliper, self.frame) != self.seal:
            raise SealBroken(
                "The match is not the one that was sealed: run the study again from matching on."
            )

    def __repr__(self) -> str:
        return f"<Matched: {self.treated:,} participants, {self.comparison:,} others, seal {self.seal[:12]}>"

    def summary(self) -> str:
        lights = dict(self.balance.group_by("light").len().iter_rows())
        worst = largest_difference(self.balance)
        lines = [
            f"{self.treated:,} participants matched to {self.comparison:,} others "
            f"(as informative as {self.effective_comparison:,.0f}).",
            f"Balance: {lights.get('green', 0)} green, {lights.get('amber', 0)} amber, {lights.get('red', 0)} red; "
            f"largest standardised difference {'not known' if np.isnan(worst) else f'{worst:.3f}'}.",
        ]
        return "\n".join([*lines, *([] if self.place else [self._can_be_told()])])

    def _can_be_told(self) -> str:
        low, high = (max(round(100 * self.detectable(rate)), 1) for rate in TYPICAL_RATES)
        points = f"{low} to {high} points" if low < high else f"{high} point{'s' * (high != 1)}"
        rates = " to ".join(f"{rate:.0%}" for rate in TYPICAL_RATES)
        return f"With these numbers a difference of about {points} could be told from chance, at rates of {rates}."

    def to_frame(self) -> pl.DataFrame:
        return self.balance

    def plot(self) -> alt.LayerChart | alt.FacetChart:
        """The love plot."""
        from likeforlike.plots import love_plot

        limits = self.lab.head.matching
        return love_plot(self.balance, green=limits.green_smd, amber=limits.amber_smd)

    def to_dict(self) -> dict[str, Any]:
        return {
            "treated": self.treated,
            "comparison": self.comparison,
            "effective_comparison": self.effective_comparison,
            "caliper": self.caliper,
            "score_residual": self.score_residual,
            "seal": self.seal,
            "flow": self.flow.to_dict(),
            "balance": self.balance.to_dicts(),
        }


def largest_difference(balance: pl.DataFrame) -> float:
    """The largest absolute standardised difference after matching; NaN where none is known."""
    known = balance["smd_after"].abs().fill_nan(None).max()
    return float("nan") if known is None else float(known)  # type: ignore[arg-type]
