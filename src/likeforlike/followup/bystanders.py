"""Everyone who could be in a pool, with no programme in sight: what a lab tries its own methods on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.followup.events import pool_events
from likeforlike.followup.known import with_covariates
from likeforlike.followup.losses import eligible
from likeforlike.followup.sample import Sample
from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow

if TYPE_CHECKING:
    from likeforlike.records.engine import Extract

QUARTERS = 4


def bystanders(lab: Lab, register: Extract) -> Sample:
    """People with an eligible event in the last four quarters that can be followed to their end, none treated."""
    follow_up = lab.head.follow_up
    end = pl.Series([register.vintage]).dt.offset_by(f"-{follow_up.months + follow_up.settle_months}mo")
    last = end.dt.truncate("1q").dt.offset_by("-1q")[0]
    quarters = pl.Series("quarter", [last] * QUARTERS).to_frame()
    back = pl.format("-{}mo", 3 * pl.int_range(pl.len()))
    period = quarters.select(pl.col("quarter").dt.offset_by(back)).sort("quarter")
    nobody = pl.DataFrame(schema={"person_id": pl.String})
    found = register.query(
        pool_events(lab), {"vintage": register.vintage}, period=period, cohort_person=nobody
    )
    events, flow = eligible(found, Flow.start(found.height), lab)
    units = with_covariates(events.with_columns(treated=False), lab, register)
    return Sample(lab, units, pl.DataFrame(schema={"event_id": pl.String}), Flow.start(0), flow)
