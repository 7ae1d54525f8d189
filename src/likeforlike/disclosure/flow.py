"""The flow of people as it may be shown: no small loss is shown, and none can be worked out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from likeforlike.disclosure.counts import loss, percent, rounding_range, shown
from likeforlike.disclosure.release import FlowRow
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.terms import Flow

FEWEST = 3
"""Numbers that a hidden small loss can still be, for whoever works back from what is shown."""
Counts = Sequence[int | None]
"""Published counts; `None` is hidden."""
Range = tuple[float, float]
"""The least and the most that a count can be."""


def flow_rows(flow: Flow, profile: DisclosureProfile) -> tuple[FlowRow, ...]:
    """Rounded people left after each step; each loss is rounded, or hidden, by itself.

    A loss of nobody is shown as 0; one below the profile's limit is hidden; any other goes to the profile's base.
    Percentages are of the rounded figures. As every figure is rounded by itself, they need not add up.

    The figures around a hidden loss say something about it. Counts of people left alone leave nearly all of its
    values open. A loss that is rounded the other way than the counts beside it tells more: where 1,300 are left, then
    90 lost and 1,200 left, it was 1,201 to 1,204. Several of those in a row can leave one value for the hidden loss
    after them. So it is worked out what each hidden small loss can be. If that is fewer than `FEWEST` numbers, which
    is rare, all losses but zeros are hidden; if it still is, there is no flow.
    """
    counts = [step.remaining for step in flow.steps]
    losses = [before - after for before, after in pairwise(counts)]
    remaining = [shown(count, profile) for count in counts]
    small = [0 < lost < profile.hide_below for lost in losses]
    each = [loss(lost, profile) for lost in losses]
    only_zeros = [0 if lost == 0 else None for lost in losses]
    for published in (each, only_zeros):
        ranges = possible_losses(remaining, published, small, profile)
        if all(most - least + 1 >= FEWEST for least, most in _of(ranges, small)):
            return _rows(flow, remaining, [0, *published])
    return ()


def possible_losses(
    remaining: Counts, lost: Counts, small: Sequence[bool], profile: DisclosureProfile
) -> list[Range]:
    """What each loss can be, by all published figures of the flow together.

    The counts are a chain in which each differs from the next by a loss, so that passing on the ranges once
    forwards and once backwards gives the exact bounds, and every whole number between them is possible.

    Parameters
    ----------
    remaining
        Published people left, one more than losses.
    lost
        Published losses.
    small
        Which losses are below the limit: it is taken to be known, as most hidden ones are.
    profile
        The rules by which the figures were made.
    """
    left = [_left_range(count, profile) for count in remaining]
    gone = [_loss_range(count, is_small, profile) for count, is_small in zip(lost, small, strict=True)]
    forwards, backwards = [left[0]], [left[-1]]
    for (least, most), here in zip(gone, left[1:], strict=True):
        before = forwards[-1]
        forwards.append((max(here[0], before[0] - most), min(here[1], before[1] - least)))
    for (least, most), here in zip(reversed(gone), reversed(left[:-1]), strict=True):
        after = backwards[-1]
        backwards.append((max(here[0], after[0] + least), min(here[1], after[1] + most)))
    steps = zip(gone, forwards, reversed(backwards[:-1]), strict=False)
    return [(max(g[0], f[0] - b[1]), min(g[1], f[1] - b[0])) for g, f, b in steps]


def _of(ranges: Sequence[Range], small: Sequence[bool]) -> list[Range]:
    return [found for found, is_small in zip(ranges, small, strict=True) if is_small]


def _left_range(count: int | None, profile: DisclosureProfile) -> Range:
    if count is None:
        return 0, profile.hide_below - 1
    least, most = rounding_range(count, profile)
    return max(least, profile.hide_below), most


def _loss_range(count: int | None, is_small: bool, profile: DisclosureProfile) -> Range:
    if count is None:
        return 1, profile.hide_below - 1 if is_small else math.inf
    least, most = rounding_range(count, profile)
    return (0, 0) if count == 0 else (max(least, profile.hide_below), most)


def _rows(flow: Flow, remaining: Counts, lost: Counts) -> tuple[FlowRow, ...]:
    return tuple(
        FlowRow(
            key=step.key,
            reason=step.reason,
            remaining=left,
            lost=gone,
            lost_percent=percent(gone, remaining[0]),
        )
        for step, left, gone in zip(flow.steps, remaining, lost, strict=True)
    )
