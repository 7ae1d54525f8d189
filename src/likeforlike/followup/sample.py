"""Who can be compared: participants and pool at their index dates, with covariates and without outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow

if TYPE_CHECKING:
    import altair as alt

UNIT_COLUMNS = ("event_id", "person_id", "index_date", "treated")


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """The units that matching may use.

    `frame` has one row a person, sorted by `event_id`: `event_id`, `person_id`, `index_date`, `treated`, then
    one column for each covariate of the lab. No outcome is in it.
    """

    lab: Lab
    frame: pl.DataFrame
    listed: pl.DataFrame
    """`event_id` of each participant, and the columns of the list that are not about the person."""
    flow: Flow
    """Participants from submitted to eligible."""
    pool_flow: Flow
    """The same steps for the pool, from people with an event in the period."""

    def __repr__(self) -> str:
        return f"<Sample: {self.participants:,} participants, a pool of {self.frame.height - self.participants:,}>"

    @property
    def participants(self) -> int:
        """How many took part; in a trial, those of that arm."""
        return int(self.frame["treated"].sum())

    def summary(self) -> str:
        others = self.frame.height - self.participants
        lines = [f"{self.participants:,} participants can be followed, beside a pool of {others:,} others."]
        lines += [f"  {s.lost:,} lost: {s.reason}" for s in self.flow.steps if s.lost]
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        return self.flow.to_frame()

    def plot(self) -> alt.LayerChart | alt.FacetChart:
        """The flow as bars."""
        from likeforlike.plots import flow_plot

        return flow_plot(self.flow)

    def to_dict(self) -> dict[str, Any]:
        return {"flow": self.flow.to_dict(), "pool_flow": self.pool_flow.to_dict()}
