"""One function for each kind of statistic, and the closed table of them.

The rules of each kind are those of the guides for research services: Griffiths et al., *Handbook on Statistical
Disclosure Control for Outputs* (2019); how coarse a figure is, is the profile's.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from likeforlike.disclosure.cells.rounding import controlled
from likeforlike.disclosure.cells.sensitive import closely_estimated, dominated
from likeforlike.disclosure.counts import percent, rate_decimals, rate_step, rounded, shown, to_step, too_even
from likeforlike.disclosure.profiles import statistics as s
from likeforlike.errors import LikeForLikeError
from likeforlike.labs.definition import DisclosureProfile

RATIO_FIGURES = 2
LIMIT = 0.05
FEW = "Too few people to show this."
EVEN = "Too few people had, or did not have, this outcome to show it."


class NoRule(LikeForLikeError):
    """A statistic for which nobody has written a rule."""


def protect(statistic: object, profile: DisclosureProfile) -> s.Shown:
    """What the profile lets out of a statistic.

    Raises
    ------
    NoRule
        There is no rule for this kind, so that it cannot be released.
    """
    rule = RULES.get(type(statistic))
    if rule is None:
        kind = type(statistic).__name__
        raise NoRule(f"There is no disclosure rule for '{kind}': release one that has a rule.")
    return rule(statistic, profile)


def count(statistic: s.Count, profile: DisclosureProfile) -> s.Shown:
    """Hidden below the limit, else rounded."""
    figure = shown(_whole(statistic.people), profile)
    return s.Shown((), FEW) if figure is None else s.Shown((figure,))


def table(statistic: s.Table, profile: DisclosureProfile) -> s.Shown:
    """Rounded together so that it adds up, or each cell by itself; then each small cell hidden.

    A hidden cell that the others give away is for the audit of `disclosure.cells`, which has the last word.
    """
    values = [_whole(value) for value in statistic.cells.values]
    if profile.table_rounding == "each":
        each = [shown(value, profile) for value in values]
        return s.Shown(tuple(_summed(statistic, each) if profile.totals == "sum" else each))
    together = controlled(statistic.cells, profile.round_tables_to).values.tolist()
    alone = [shown(value, profile) for value in values]
    return s.Shown(tuple(None if hide is None else v for hide, v in zip(alone, together, strict=True)))


def _summed(statistic: s.Table, each: list[int | None]) -> list[int | None]:
    """Every total as the sum of its parts as they are shown; hidden where none of them is."""
    sums = statistic.cells.relations.toarray()
    found = list(each)
    for _ in sums:  # a total of totals needs those first
        for row in sums:
            (total,), parts = np.flatnonzero(row < 0), np.flatnonzero(row > 0)
            found[total] = sum(found[part] or 0 for part in parts) or None
    return found


def rate(statistic: s.Rate, profile: DisclosureProfile) -> s.Shown:
    """In percent; withheld where few had the event, or few had not."""
    events, people = _whole(statistic.events), _whole(statistic.people)
    if events > people:
        raise ValueError("More events than people.")
    if people < profile.hide_below:
        return s.Shown((), FEW)
    if too_even(events, people, profile):
        return s.Shown((), EVEN)
    if profile.rates_from == "exact":
        return s.Shown((to_step(100 * events / people, rate_step(people, profile)),))
    part, whole = rounded(events, profile), rounded(people, profile)
    if decimals := rate_decimals([whole], profile):
        return s.Shown((round(100 * part / whole, decimals),))
    return s.Shown((percent(part, whole),))


def mean(statistic: s.Mean, profile: DisclosureProfile) -> s.Shown:
    """Withheld where it is of few, the same for everybody, or made up by one or two of them."""
    values = _numbers(statistic.values)
    if len(values) < profile.hide_below:
        return s.Shown((), FEW)
    if values[0] == values[-1]:
        return s.Shown((), "Everybody has the same number.")
    if values[0] < 0:
        return s.Shown((), "Some numbers are below zero: somebody must look.")
    if dominated(values, share=profile.dominance) or closely_estimated(values, profile.closeness):
        return s.Shown((), "One or two people make up nearly all of this figure.")
    return s.Shown((_figures(float(values.mean()), profile.figures),))


def quantile(statistic: s.Quantile, profile: DisclosureProfile) -> s.Shown:
    """Withheld without enough people on either side; else on a grid, so that it is nobody's own value."""
    values, share = _numbers(statistic.values), statistic.share
    if not 0 < share < 1:
        return s.Shown((), "The least and the largest are one person's.")
    if math.floor(len(values) * min(share, 1 - share) + 1e-9) < profile.quantile_sides:
        return s.Shown((), FEW)
    grid = profile.quantile_to
    return s.Shown((math.floor(float(np.quantile(values, share)) / grid + 0.5) * grid,))


def ratio(statistic: s.Ratio, profile: DisclosureProfile) -> s.Shown:
    """To two figures, where the model stands on enough people."""
    why = _unsupported(statistic.support, profile, statistic.value)
    return s.Shown((), why) if why else s.Shown((_figures(statistic.value, RATIO_FIGURES),))


def interval(statistic: s.Interval, profile: DisclosureProfile) -> s.Shown:
    """As coarse as the figure it goes with, where the model stands on enough people."""
    why = _unsupported(statistic.support, profile, statistic.low, statistic.high)
    ends = (round(end, statistic.decimals) + 0.0 for end in (statistic.low, statistic.high))
    return s.Shown((), why) if why else s.Shown(tuple(ends))


def p_value(statistic: s.PValue, profile: DisclosureProfile) -> s.Shown:
    """Three decimals, rounded away from 0.05, where the model stands on enough people."""
    why = _unsupported(statistic.support, profile, statistic.value)
    if why:
        return s.Shown((), why)
    return s.Shown((away_from_limit(statistic.value),))


def away_from_limit(p: float) -> float:
    """A p-value to three decimals, rounded away from 0.05, so that what is shown and what is said agree."""
    return (math.floor if p <= LIMIT else math.ceil)(1000 * p) / 1000


RULES: Mapping[type, Callable[[Any, DisclosureProfile], s.Shown]] = MappingProxyType(
    {
        s.Count: count,
        s.Table: table,
        s.Rate: rate,
        s.Mean: mean,
        s.Quantile: quantile,
        s.Ratio: ratio,
        s.Interval: interval,
        s.PValue: p_value,
    }
)
"""Every kind that may be released."""


def _unsupported(support: s.Support, profile: DisclosureProfile, *figures: float) -> str:
    """Why a model's figures are about few people; empty if they are not."""
    if not all(map(math.isfinite, figures)):
        return "This figure cannot be worked out for this group."
    few = (
        support.people - support.parameters < profile.freedom
        or 3 * support.parameters > support.people
        or support.fewest < profile.band_below
    )
    if support.saturated:
        return "This model is a table of its categories: release it as one."
    return FEW if few else ""


def _numbers(values: Any) -> Any:
    found = np.sort(np.asarray(values, dtype=np.float64))
    if not np.isfinite(found).all():
        raise ValueError("Every person needs an ordinary number.")
    return found


def _whole(people: Any) -> int:
    try:
        found = operator.index(people)
    except TypeError:
        raise ValueError("A count must be a whole number.") from None
    if found < 0:
        raise ValueError("A count cannot be below zero.")
    return found


def _figures(value: float, figures: int) -> float:
    return float(f"{value:.{figures}g}") + 0.0
