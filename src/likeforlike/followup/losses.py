"""Whoever cannot be followed, taken out for a reason that the flow counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.followup.events import BEFORE_START, TOO_RECENT
from likeforlike.followup.starts import START_DAYS
from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow

if TYPE_CHECKING:
    from likeforlike.records.engine import Engine


def eligible(events: pl.DataFrame, flow: Flow, lab: Lab) -> tuple[pl.DataFrame, Flow]:
    """The events without a reason in `excluded`, and the flow with each reason as a step.

    `{months}` in the lab's words about people who are too recent is how long the records must reach.
    """
    follow_up = lab.head.follow_up
    left = events.height
    months = str(follow_up.months + follow_up.settle_months)
    too_recent = follow_up.too_recent_reason.replace("{months}", months)
    reasons = [(TOO_RECENT, too_recent), *((e.key, e.reason) for e in follow_up.exclusion)]
    counts = dict(events.group_by("excluded").len().iter_rows())
    for key, reason in reasons:
        left -= counts.get(key, 0)
        flow = flow.then(key, reason, left)
    return events.filter(pl.col("excluded").is_null()), flow


def not_before_start(
    events: pl.DataFrame, flow: Flow, lab: Lab, register: Engine
) -> tuple[pl.DataFrame, Flow]:
    """The events after which nothing happened before the start, `start_days` later."""
    start = pl.col("index_date") + pl.duration(days=pl.col(START_DAYS))
    late = events.filter(pl.col(START_DAYS) > 0)
    started = late.select("event_id", "person_id", "index_date", start.alias("start_date"))
    early = register.query(lab.sql.before_start, started=started)
    kept = events.join(early, on="event_id", how="anti")
    return kept, flow.then(BEFORE_START, lab.head.follow_up.before_start_reason, kept.height)
