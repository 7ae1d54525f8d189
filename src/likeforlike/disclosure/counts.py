"""Counts and shares as they may be shown."""

from __future__ import annotations

from likeforlike.labs.definition import DisclosureProfile


def rounded(count: float, profile: DisclosureProfile) -> int:
    """The count to the profile's base; halves go up, so that equal counts always look equal."""
    base = profile.round_counts_to
    return int((count + base / 2) // base * base)


def shown(count: float, profile: DisclosureProfile) -> int | None:
    """The rounded count, or `None` for a hidden one (1 up to the profile's limit; zero is hidden too)."""
    return None if count < profile.hide_below else rounded(count, profile)


def percent(part: int | None, whole: int | None) -> int | None:
    """Whole percentage of two protected counts: derived figures come from protected ones."""
    return None if part is None or not whole else round(100 * part / whole)


def too_even(events: float, people: float, profile: DisclosureProfile) -> bool:
    """Whether nearly nobody or nearly everybody had the event, so that a rate would tell about each of them."""
    return min(events, people - events) < profile.band_below
