"""Rates of rounded numbers, where the profile has them so, and what is said beside them.

A difference, interval or p-value of exact numbers would give them back. So the difference is that of the two rates of
rounded numbers, the interval is as wide as it was around it, and the p-value goes with both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from scipy.special import ndtr, stdtr, stdtridf

from likeforlike.disclosure.counts import rate_decimals, rounded
from likeforlike.disclosure.sent import told
from likeforlike.estimates.difference import participants_to_settle
from likeforlike.estimates.rates import newcombe
from likeforlike.labs.definition import DisclosureProfile

Row = Mapping[str, Any]
Z = 1.959963984540054
SAME = 9
"""Decimals beyond which a weighted number of people is the order of its sum."""


def row_of_rounded(row: Row, profile: DisclosureProfile) -> Row:
    """One rate with its difference, interval, p-value and people to settle it; as it is where it is not known."""
    mean = min(max(row["mean_comparison"], 0.0), 1.0)
    people, size = rounded(told(row, "n"), profile), rounded(told(row, "effective_comparison"), profile)
    had = rounded(round(row["mean_treated"] * row["n"], SAME), profile)
    others = rounded(round(mean * row["effective_comparison"], SAME), profile)
    if not people or not size:
        return row
    effect = had / people - others / size
    low, high, error, p_value = _inference(row, effect, (had, people, others, size))
    places = rate_decimals((people, size), profile)
    return {
        **row,
        "mean_treated": round(100 * had / people, places) / 100,
        "mean_comparison": round(100 * others / size, places) / 100,
        "estimate": effect,
        "std_error": error,
        "conf_low": max(low, -1.0),
        "conf_high": min(high, 1.0),
        "p_value": p_value,
        "number_needed": participants_to_settle(effect, error, people),
    }


def _inference(
    row: Row, effect: float, counts: tuple[int, int, int, int]
) -> tuple[float, float, float, float]:
    """Interval, error and p-value: as wide as it was by t, or with noise; of few people Newcombe's of these counts."""
    down, up = row["estimate"] - row["conf_low"], row["conf_high"] - row["estimate"]
    if math.isclose(down, up, rel_tol=1e-6) and row["std_error"] > 0:
        error = row["std_error"]
        p_value = 2 * stdtr(_freedom(down / error), -abs(effect) / error)
        return effect - down, effect + up, error, float(p_value)
    low, high = effect - down, effect + up
    if row.get("epsilon") is None:
        plain = newcombe(*(float(count) for count in counts))
        low, high = plain.low, plain.high
    error = (effect - low if effect > 0 else high - effect) / Z
    return low, high, error, float(2 * ndtr(-abs(effect) / error))


def _freedom(quantile: float) -> float:
    """Degrees of freedom of which this is the quantile of a 95% interval."""
    return float(stdtridf(0.975, quantile)) if quantile > Z + 1e-6 else 1e9
