"""SQL over the lab's own queries: which event a participant's dates choose, and which events are eligible."""

from __future__ import annotations

from likeforlike.labs.definition import Anchor, FollowUp, Lab

TOO_RECENT = "too_recent"
NO_EVENT = "no_event"
BEFORE_START = "before_start"
ORDER = {"first": "index_date, event_id", "random": "md5(event_id), event_id"}
"""Of several events of somebody in the pool, the one that comes first so."""


def participant_events(lab: Lab) -> str:
    """SQL: for each row of `participant`, the one event that its dates choose, with `excluded` (key or null).

    Anchors are tried in order; within the first that fits, an event that is eligible and near comes first.
    """
    follow_up = lab.head.follow_up
    start = follow_up.start_column
    candidates = "\nunion all\n".join(_candidates(i, a, start) for i, a in enumerate(follow_up.anchor))
    return f"""
with event as materialized (
    select * from (\n{lab.sql.events}\n) where person_id in (select person_id from participant)
),
eligible as (select *, {_excluded(follow_up)} as excluded from event),
candidate as (\n{candidates}\n)
select * exclude (anchor, distance)
from candidate
qualify row_number() over (
    partition by participant
    order by anchor, excluded is not null, distance, index_date, event_id
) = 1
"""


def pool_events(lab: Lab) -> str:
    """SQL: for everyone without a row in `cohort_person`, one eligible event in a quarter of `period`.

    It is the first or one drawn, as the lab says. People with no eligible one keep another, with why in `excluded`.
    """
    order = ORDER[lab.head.follow_up.pool_event]
    return f"""
with event as (
    select * from (\n{lab.sql.events}\n)
    where date_trunc('quarter', index_date) in (select quarter from period)
      and person_id not in (select person_id from cohort_person)
)
select *, {_excluded(lab.head.follow_up)} as excluded
from event
qualify row_number() over (partition by person_id order by excluded is not null, {order}) = 1
"""


def _candidates(order: int, anchor: Anchor, start: str) -> str:
    distance = f"date_diff('day', participant.{anchor.column}, event.{anchor.event})"
    return f"""
select
    participant.participant,
    participant.{start} as start_date,
    {order} as anchor,
    abs({distance}) as distance,
    event.*
from participant join eligible as event using (person_id)
where {distance} between {anchor.from_days} and {anchor.to_days} and ({anchor.when})
"""


def _excluded(follow_up: FollowUp) -> str:
    window = f"index_date + to_months({follow_up.months + follow_up.settle_months}) > $vintage"
    rules = [(TOO_RECENT, window), *((e.key, e.when) for e in follow_up.exclusion)]
    return "case " + " ".join(f"when {when} then '{key}'" for key, when in rules) + " end"
