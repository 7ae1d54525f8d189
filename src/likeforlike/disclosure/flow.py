"""The flow of people as it may be shown: nobody can count back how few of a list were not found, or not followed."""

from __future__ import annotations

from likeforlike.disclosure.counts import counted_as, percent, shown
from likeforlike.disclosure.release import FlowRow
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.terms import NOT_FOUND, Flow


def flow_rows(flow: Flow, profile: DisclosureProfile) -> tuple[FlowRow, ...]:
    """People left after each step, rounded; what each step lost is the difference of two numbers as shown.

    Whoever sent the list knows how many people are on it. From when the records come in, all losses below the
    profile's limit look the same, that of nobody too: that everybody was found would tell about everybody. A shown
    loss can be off by the rounding of both numbers.
    """
    sent = _before_records(flow)
    known = flow.steps[sent].remaining
    rows: list[FlowRow] = []
    for place, step in enumerate(flow.steps):
        told = step.remaining if place <= sent else counted_as(step.remaining, known, profile)
        gone = step.lost if place <= sent else known - step.remaining
        left = shown(told, profile)
        lost = None if gone < profile.hide_below else _difference(rows[-1].remaining, left, profile)
        lost = lost if rows else 0
        share = percent(lost, rows[0].remaining if rows else left)
        rows.append(FlowRow(key=step.key, reason=step.reason, remaining=left, lost=lost, lost_percent=share))
    return tuple(rows)


def _before_records(flow: Flow) -> int:
    """Place of the last step of which the provider knows everything."""
    return max((i - 1 for i, step in enumerate(flow.steps) if step.key == NOT_FOUND), default=0)


def _difference(before: int | None, after: int | None, profile: DisclosureProfile) -> int | None:
    """What was lost between two numbers as shown; hidden below the profile's limit."""
    if before is None or after is None or before - after < profile.hide_below:
        return None
    return before - after
