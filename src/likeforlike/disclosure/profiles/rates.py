"""Rates as the profile shows them: whatever is said beside a rate follows from the rate as it is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from likeforlike.disclosure.counts import step
from likeforlike.disclosure.profiles.rounded_rates import row_of_rounded
from likeforlike.disclosure.profiles.rules import LIMIT
from likeforlike.disclosure.profiles.stepped_rates import is_stepped, row_in_steps
from likeforlike.disclosure.release import MeasureRow
from likeforlike.disclosure.sent import told
from likeforlike.labs.definition import DisclosureProfile, Outcomes

Row = Mapping[str, Any]
COUNTED = (("n", "people_treated"), ("effective_comparison", "people_comparison"))
"""Whom a rate is of: all who were compared, or those in its base."""
Adjust = Callable[[ArrayLike], NDArray[np.float64]]


def as_shown(
    frame: pl.DataFrame, outcomes: Outcomes, profile: DisclosureProfile, adjust: Adjust
) -> pl.DataFrame:
    """The estimates with every rate, and what stands beside it, as the profile shows it.

    Parameters
    ----------
    frame
        `Estimates.frame` or `SubGroups.frame`; exact numbers of people stay in it, since rules ask for them.
    adjust
        How its p-values were corrected for being several; it is done again.
    """
    before = frame.to_dicts()
    after = [
        _row(row, profile) if outcomes.get(row["term"]).kind == "rate" and _is_known(row) else row
        for row in before
    ]
    if after == before:
        return frame
    found = pl.DataFrame(after, schema=frame.schema)
    family = found["p_value"].fill_null(math.nan).to_numpy(writable=True)
    family[frame["p_adjusted"].is_null().to_numpy()] = math.nan
    return found.with_columns(p_adjusted=pl.Series(adjust(family)).fill_nan(None))


def follows_from_rate(row: Row, profile: DisclosureProfile) -> bool:
    """Whether the difference, interval and p-value of an exact row are shown as they follow from the rates shown."""
    return profile.rates_from == "rounded" or is_stepped(*_counted(row), profile)


def told_beside(
    measures: Sequence[MeasureRow], exact: pl.DataFrame, frame: pl.DataFrame, profile: DisclosureProfile
) -> tuple[list[MeasureRow], list[MeasureRow]]:
    """Measures of which verdicts, and of which other ways, may stand beside the rate as shown.

    A verdict is of the exact numbers: it is left out where those conclude something else. Another way is shown as
    finely as the rate is; for fewer people than a hundred steps of rounding it would give the rounding back.
    """
    before, after = (dict(each.select("term", "p_value").iter_rows()) for each in (exact, frame))
    agree = [m for m in measures if m.withheld or (before[m.name] <= LIMIT) == (after[m.name] <= LIMIT)]
    if profile.rates_from == "exact":
        return agree, list(measures)
    return agree, [m for m in agree if m.kind != "rate" or _rounding_is_fine(m, profile)]


def _row(row: Row, profile: DisclosureProfile) -> Row:
    if profile.rates_from == "rounded":
        return row_of_rounded(row, profile)
    if follows_from_rate(row, profile):
        return row_in_steps(row, *_counted(row), profile)
    return row


def _counted(row: Row) -> tuple[float, float]:
    people, others = (min(told(row, a), told(row, b)) for a, b in COUNTED)
    return people, others


def _is_known(row: Row) -> bool:
    return row["p_value"] is not None and math.isfinite(row["p_value"])


def _rounding_is_fine(measure: MeasureRow, profile: DisclosureProfile) -> bool:
    people = measure.n_treatment or 0
    return people * 10.0**-measure.decimals >= 100 * step(people, profile)
