"""Rates of rounded numbers, where the profile has them so: whatever is said beside a rate follows from it.

A difference, interval or p-value of exact numbers would give them back. So the difference is that of the two rates of
rounded numbers, the interval is as wide as it was around it, and the p-value goes with both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, stdtr, stdtridf

from likeforlike.disclosure.counts import rate_decimals, rounded, step
from likeforlike.disclosure.profiles.rules import LIMIT
from likeforlike.disclosure.release import MeasureRow
from likeforlike.estimates.difference import participants_to_settle
from likeforlike.estimates.rates import newcombe
from likeforlike.labs.definition import DisclosureProfile, Outcomes

Row = Mapping[str, Any]
Adjust = Callable[[ArrayLike], NDArray[np.float64]]
Z = 1.959963984540054
SAME = 9
"""Decimals beyond which a weighted number of people is the order of its sum."""


def of_rounded(
    frame: pl.DataFrame, outcomes: Outcomes, profile: DisclosureProfile, adjust: Adjust
) -> pl.DataFrame:
    """The estimates with every rate as one of rounded numbers of people; as they are for other profiles.

    Parameters
    ----------
    frame
        `Estimates.frame` or `SubGroups.frame`; exact numbers of people stay in it, since rules ask for them.
    adjust
        How its p-values were corrected for being several; it is done again.
    """
    if profile.rates_from == "exact" or not frame.height:
        return frame
    rows = [
        row_of_rounded(row, profile) if outcomes.get(row["term"]).kind == "rate" else row
        for row in frame.iter_rows(named=True)
    ]
    found = pl.DataFrame(rows, schema=frame.schema)
    family = found["p_value"].fill_null(math.nan).to_numpy(writable=True)
    family[frame["p_adjusted"].is_null().to_numpy()] = math.nan
    return found.with_columns(p_adjusted=pl.Series(adjust(family)).fill_nan(None))


def row_of_rounded(row: Row, profile: DisclosureProfile) -> Row:
    """One rate with its difference, interval, p-value and people to settle it; as it is where it is not known."""
    if row["p_value"] is None or not math.isfinite(row["p_value"]):
        return row
    mean = min(max(row["mean_comparison"], 0.0), 1.0)
    people, size = rounded(row["n"], profile), rounded(row["effective_comparison"], profile)
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


def told_beside(
    measures: Sequence[MeasureRow], exact: pl.DataFrame, frame: pl.DataFrame, profile: DisclosureProfile
) -> tuple[list[MeasureRow], list[MeasureRow]]:
    """Measures of which verdicts, and of which other ways, may stand beside the rate of rounded numbers.

    A verdict is of the exact numbers: it is left out where those conclude something else. Another way is shown as
    finely as the rate is; for fewer people than a hundred steps of rounding it would give the rounding back.
    """
    if profile.rates_from == "exact":
        return list(measures), list(measures)
    before, after = (dict(each.select("term", "p_value").iter_rows()) for each in (exact, frame))
    agree = [m for m in measures if m.withheld or (before[m.name] <= LIMIT) == (after[m.name] <= LIMIT)]
    return agree, [m for m in agree if m.kind != "rate" or _rounding_is_fine(m, profile)]


def _rounding_is_fine(measure: MeasureRow, profile: DisclosureProfile) -> bool:
    people = measure.n_treatment or 0
    return people * 10.0**-measure.decimals >= 100 * step(people, profile)


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
