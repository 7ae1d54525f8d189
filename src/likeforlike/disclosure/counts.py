"""Counts and shares as they may be shown."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from likeforlike.labs.definition import DisclosureProfile

BY_SIZE = ((100, 10), (1_000, 50), (10_000, 100), (100_000, 500), (1_000_000, 1_000))
"""Counts below the first go to the nearest second; larger ones to four figures (US Census DRB, interim)."""


TINY = 1e-9
RATE_STEPS = (1, 2, 5, 10, 20, 50)
"""Points."""
FINE_FROM = 500
"""People, as shown, from which an interval and a p-value of exact numbers tell no better how many they are."""


def rounded(count: float, profile: DisclosureProfile) -> int:
    """The count as the profile rounds it, so that equal counts always look equal.

    To the nearest multiple halves go up; by size they go to the even one. A midpoint stands for six counts, 1 to 6 for
    instance, and zero for itself.
    """
    if profile.rounding == "midpoint-6":
        return math.ceil(count / 6) * 6 - 3 * (count > 0)
    if profile.rounding == "significant":
        base = _base(count)
        return round(count / base) * base
    base = profile.round_counts_to
    return int((count + base / 2) // base * base)


def shown(count: float, profile: DisclosureProfile) -> int | None:
    """The rounded count, or `None` for a hidden one: below the profile's limit, zero only where that is shown."""
    if count == 0 and profile.show_zero:
        return 0
    return None if count < profile.hide_below else rounded(count, profile)


def counted_as(count: int, sent: int | None, profile: DisclosureProfile) -> int:
    """What a count is taken for before it is rounded, where its provider knows of how many it is the rest.

    Those lost are counted in whole limits of the profile, and half a limit: any number up to the next looks the same.
    Rounded by itself, 110 shown of 106 sent would mean that at most one of them is missing.
    """
    if sent is None:
        return count
    few = profile.hide_below
    return sent - (sent - count) // few * few - few // 2


def fewest(figure: int, profile: DisclosureProfile) -> int:
    """The least count that is shown as this figure, whatever it is the rest of."""
    return max(rounding_range(figure, profile)[0] - (profile.hide_below - 1) // 2, 0)


def total(parts: Iterable[int], profile: DisclosureProfile) -> int | None:
    """The total of a column: rounded by itself, or the sum of its parts as shown, as the profile has it."""
    counts = list(parts)
    if profile.totals == "own":
        return shown(sum(counts), profile)
    return sum(shown(count, profile) or 0 for count in counts) or None


def is_rounded(figure: int, profile: DisclosureProfile) -> bool:
    """Whether the profile's rounding could have given this figure."""
    return figure >= 0 and rounded(figure, profile) == figure


def rounding_range(figure: int, profile: DisclosureProfile) -> tuple[int, int]:
    """The least and the largest count that are rounded to this figure."""
    if profile.rounding == "nearest":
        half = profile.round_counts_to / 2
        return math.ceil(figure - half), math.ceil(figure + half) - 1
    counts = range(2 * figure + 10)
    least = bisect_left(counts, figure, key=lambda count: rounded(count, profile))
    return least, bisect_right(counts, figure, key=lambda count: rounded(count, profile)) - 1


def looks_alike(told: Callable[[int], float], count: int, people: int) -> tuple[int, int]:
    """The least and the largest number of so many people of whom the same would be told.

    Parameters
    ----------
    told
        What is told of a number; it never falls as the number grows.
    """
    figure, counts = told(count), range(people + 1)
    return bisect_left(counts, figure, key=told), bisect_right(counts, figure, key=told) - 1


def step(count: float, profile: DisclosureProfile) -> int:
    """How far apart rounded figures of this size are."""
    if profile.rounding == "midpoint-6":
        return 6
    return profile.round_counts_to if profile.rounding == "nearest" else _base(count)


def most(figure: int, profile: DisclosureProfile) -> int:
    """The largest count that is shown as this figure, whatever it is the rest of."""
    return rounding_range(figure, profile)[1] + profile.hide_below // 2


def rate_step(people: float, profile: DisclosureProfile) -> int:
    """How far apart rates of so many people are, in points.

    So far that every number of people that is rounded alike could have any of them: several rates of the same people
    would else tell together how many those are.
    """
    least = fewest(rounded(people, profile), profile)
    return next((step for step in RATE_STEPS if step * least >= 100), RATE_STEPS[-1])


def to_step(percent: float, step: int) -> int:
    """A percentage to the nearest multiple; halves go up."""
    return math.floor(percent / step + 0.5) * step


def mean_decimals(people: float, profile: DisclosureProfile) -> int:
    """Most decimals of a mean of whole numbers that every number of people rounded alike could have."""
    least = fewest(rounded(people, profile), profile)
    return max(math.floor(math.log10(max(least, 1))), 0)


def rate_decimals(people: Iterable[int], profile: DisclosureProfile) -> int:
    """Decimals of a rate, in percentage points, for the rounded numbers of people that it is of."""
    large = profile.decimal_from is not None and min(people) >= profile.decimal_from
    return 1 if large and profile.rates_from == "rounded" else profile.rate_decimals


def possible_events(
    percent: float, people: int, profile: DisclosureProfile, decimals: int = 0, said: int | None = None
) -> tuple[int, int]:
    """The least and the largest number with an event that a rate as published can stand for.

    Parameters
    ----------
    percent, decimals
        As published.
    people
        How many it is of: exactly for somebody who knows the list, else as published.
    said
        How many it is of as published, if `people` is not that.
    """
    exact, said = profile.rates_from == "exact", people if said is None else said
    half = 0.5 * (rate_step(said, profile) if exact else 10.0**-decimals)
    whole = people if exact else rounded(said, profile)
    least, most = ((percent + side) * whole / 100 for side in (-half, half))
    if exact:
        return max(math.ceil(least - TINY), 0), min(math.floor(most + TINY), people)
    counts = range(2 * whole + 10)
    low = bisect_left(counts, least - TINY, key=lambda count: rounded(count, profile))
    return low, bisect_right(counts, most + TINY, key=lambda count: rounded(count, profile)) - 1


def percent(part: int | None, whole: int | None) -> int | None:
    """Whole percentage of two protected counts: derived figures come from protected ones."""
    return None if part is None or not whole else round(100 * part / whole)


def too_even(events: float, people: float, profile: DisclosureProfile) -> bool:
    """Whether nearly nobody or nearly everybody had the event, so that a rate would tell about each of them."""
    return min(events, people - events) < profile.band_below


def _base(count: float) -> int:
    return next((base for below, base in BY_SIZE if count < below), 10 ** (len(str(int(count))) - 4))
