"""Rates of a few hundred people in steps, where the profile has them of exact numbers.

Each whole percentage rules some numbers of people out: of 57 people none is 34%. Six rates of the same people leave one
number, and an interval or a p-value of exact numbers does so up to some hundreds. So a rate goes by steps that every
number could have; the difference is that of the rates as shown; the interval is as wide as for the fewest people, and
the most varied, who look the same, rounded outward to the step; and the p-value is the interval's. What the study's own
error is more than that of plain shares is kept: weights and places are nobody's number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scipy.special import ndtr, ndtri

from likeforlike.disclosure.counts import FINE_FROM, fewest, rate_step, rounded, to_step
from likeforlike.disclosure.sent import told
from likeforlike.estimates.difference import participants_to_settle
from likeforlike.labs.definition import DisclosureProfile

TINY = 1e-9
Z = float(ndtri(0.975))
Row = Mapping[str, Any]


def is_stepped(people: float, others: float, profile: DisclosureProfile) -> bool:
    """Whether what is said of a rate of these groups follows from the rate as it is shown."""
    return profile.rates_from == "exact" and rounded(min(people, others), profile) < FINE_FROM


def row_in_steps(row: Row, people: float, others: float, profile: DisclosureProfile) -> Row:
    """One rate with its difference, interval, p-value and people to settle it, as they may be shown.

    Parameters
    ----------
    people, others
        How many the rate of each group is of.
    """
    here, there = rate_step(people, profile), rate_step(others, profile)
    wide = max(here, there)
    mine, theirs = to_step(100 * row["mean_treated"], here), to_step(100 * row["mean_comparison"], there)
    effect = mine - theirs
    groups = (
        _Group.of(row["mean_treated"], people, mine, here, profile),
        _Group.of(row["mean_comparison"], others, theirs, there, profile),
    )
    wider = _ratio([g.shown / g.fewest for g in groups], [g.exact / g.people for g in groups])
    down, up = (
        outward(100 * wider * abs(row["estimate"] - row[limit]), wide) for limit in ("conf_low", "conf_high")
    )
    side = down if effect > 0 else up
    error, apart = side / Z, max(abs(effect) - TINY, 0.0)  # an interval that ends at zero has it inside
    alone = groups[1]
    found = _ratio([alone.shown / g.fewest for g in groups], [alone.exact / g.people for g in groups])
    return {
        **row,
        "mean_treated": mine / 100,
        "mean_comparison": theirs / 100,
        "estimate": effect / 100,
        "std_error": error / 100,
        "conf_low": max(effect - down, -100) / 100,
        "conf_high": min(effect + up, 100) / 100,
        "p_value": float(2 * ndtr(-apart / error)),
        "number_needed": participants_to_settle(effect / 100, error / 100, rounded(told(row, "n"), profile)),
        "detectable": _coarse(row.get("detectable"), found, wide),
    }


@dataclass(frozen=True, slots=True)
class _Group:
    """How many, and how much they vary: exactly, and the fewest and most that look the same."""

    people: float
    fewest: float
    exact: float
    shown: float

    @classmethod
    def of(cls, share: float, people: float, percent: int, step: int, profile: DisclosureProfile) -> _Group:
        least = max(fewest(rounded(people, profile), profile), 1)
        nearest = min(max(0.5, (percent - step / 2) / 100), (percent + step / 2) / 100)
        return cls(people, least, share * (1 - share), nearest * (1 - nearest))


def _ratio(shown: list[float], exact: list[float]) -> float:
    """How much larger an error of people who look the same can be: times it, nothing is left of the exact numbers."""
    return math.sqrt(sum(shown) / sum(exact)) if sum(exact) > 0 else 1.0


def outward(width: float, step: int) -> int:
    """To the next larger multiple; never nothing."""
    return max(math.ceil(width / step - TINY), 1) * step


def _coarse(effect: float | None, wider: float, step: int) -> float | None:
    return (
        effect if effect is None or not math.isfinite(effect) else outward(100 * wider * effect, step) / 100
    )
