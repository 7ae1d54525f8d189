"""A difference as a share of the comparison group's figure, from what is shown and nothing finer."""

from __future__ import annotations

from likeforlike.disclosure.release import MeasureRow

STEPS = 10
"""A comparison figure of fewer steps of rounding is too coarse to take shares of."""


def with_relative(row: MeasureRow) -> MeasureRow:
    """The row with its interval in whole percent of the comparison group's figure; times have none.

    The comparison group's figure is taken as known: it is of many more people than took part.
    """
    base, ends = row.comparison, (row.conf_low, row.conf_high)
    if row.kind == "time" or base is None or base < STEPS * 10.0**-row.decimals:
        return row
    low, high = (None if end is None else round(100 * end / base) for end in ends)
    if low is None or high is None or low < -100:
        return row
    return row.model_copy(update={"relative_low": low, "relative_high": high})
