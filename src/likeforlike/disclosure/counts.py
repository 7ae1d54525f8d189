"""Counts and shares as they may be shown."""

from __future__ import annotations

import math

from likeforlike.labs.definition import DisclosureProfile


def rounded(count: float, profile: DisclosureProfile) -> int:
    """The count to the profile's base; halves go up, so that equal counts always look equal."""
    base = profile.round_counts_to
    return int((count + base / 2) // base * base)


def shown(count: float, profile: DisclosureProfile) -> int | None:
    """The rounded count, or `None` for a hidden one (1 up to the profile's limit; zero is hidden too)."""
    return None if count < profile.hide_below else rounded(count, profile)


def loss(lost: int, profile: DisclosureProfile) -> int | None:
    """A loss by itself: 0 as it is, a small one hidden, another rounded (hidden too where that would be to nothing)."""
    return 0 if lost == 0 else shown(lost, profile) or None


def rounding_range(figure: int, profile: DisclosureProfile) -> tuple[int, int]:
    """The least and the largest count that are rounded to this figure."""
    half = profile.round_counts_to / 2
    return math.ceil(figure - half), math.ceil(figure + half) - 1


def percent(part: int | None, whole: int | None) -> int | None:
    """Whole percentage of two protected counts: derived figures come from protected ones."""
    return None if part is None or not whole else round(100 * part / whole)


def too_even(events: float, people: float, profile: DisclosureProfile) -> bool:
    """Whether nearly nobody or nearly everybody had the event, so that a rate would tell about each of them."""
    return min(events, people - events) < profile.band_below
