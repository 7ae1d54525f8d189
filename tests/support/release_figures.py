"""Made-up figures of every measure, and the rows that they make."""

from __future__ import annotations

from typing import Any

from likeforlike.disclosure.relative import with_relative
from likeforlike.disclosure.release import MeasureRow
from likeforlike.labs.definition import Measure

Figures = dict[str, dict[str, Any]]


def figures_of(*rows: tuple[Any, ...]) -> Figures:
    names = ("treatment", "comparison", "difference", "conf_low", "conf_high", "p", "number_needed")
    return {row[0]: dict(zip(names, row[1:], strict=False)) for row in rows}


DESCRIBED = figures_of(
    ("days_to_first", 138, 131, 7, -5, 19, 0.26, 3000),
    ("first_indictable", 4, 5, -1, -4, 2, 0.48, 9000),
    ("first_either_way", 53, 58, -5, -11, 0, 0.048),
    ("first_summary", 43, 37, 6, 1, 12, 0.021),
    ("reoffences_indictable", 0.17, 0.21, -0.04, -0.11, 0.03, 0.25, 3000),
    ("reoffences_either_way", 1.74, 2.06, -0.32, -0.61, -0.03, 0.031),
    ("reoffences_summary", 1.48, 1.36, 0.12, -0.14, 0.38, 0.37, 4000),
    ("first_custody", 31, 36, -5, -11, 1, 0.089, 700),
    ("custodial_sentences", 0.52, 0.63, -0.11, -0.21, -0.01, 0.034),
)
"""Measures among people who had the outcome, in every example but one."""
LOWER = DESCRIBED | figures_of(
    ("reoffended", 31, 38, -8, -11, -4, 0.0),
    ("reoffences", 1.05, 1.37, -0.32, -0.48, -0.15, 0.001),
    ("offence_free_days", 295, 276, 19, 8, 30, 0.001),
)
HIGHER = DESCRIBED | figures_of(
    ("reoffended", 44, 38, 6, 1, 11, 0.021),
    ("reoffences", 1.61, 1.37, 0.24, 0.0, 0.47, 0.049),
    ("offence_free_days", 254, 276, -22, -33, -11, 0.0),
    ("days_to_first", 112, 131, -19, -30, -8, 0.001),
)
OPEN = {name: {"withheld": "Too few people to show this."} for name in DESCRIBED} | figures_of(
    ("reoffended", 35, 37, -2, -9, 6, 0.61, 2000),
    ("reoffences", 1.31, 1.37, -0.06, -0.33, 0.21, 0.66, 20000),
    ("offence_free_days", 285, 281, 4, -12, 20, 0.62, 2000),
)


def measure_row(measure: Measure, **figures: Any) -> MeasureRow:
    """A measure's row; direction and significance follow from the interval and p unless given."""
    low, high, p = figures.get("conf_low"), figures.get("conf_high"), figures.pop("p", None)
    one_side = low is not None and high is not None and (low >= 0 or high <= 0)
    significant = bool(figures.pop("significant", one_side and p is not None and p <= 0.05))
    side = "undetermined" if not significant else "lower" if high <= 0 else "higher"
    empty = dict.fromkeys(("treatment", "comparison", "difference", "conf_low", "conf_high", "number_needed"))
    shared = {
        name: getattr(measure, name)
        for name in (
            "name",
            "label",
            "statistical_label",
            "kind",
            "unit",
            "decimals",
            "headline",
            "descriptive",
            "better",
        )
    }
    counts = (
        {"n_treatment": 270, "n_comparison": 18150}
        if measure.base
        else {"n_treatment": 870, "n_comparison": 48210}
    )
    if figures.get("withheld"):
        counts = dict.fromkeys(counts)
    direction = figures.pop("direction", side)
    row = MeasureRow(
        **(shared | empty | counts | figures), p_value=p, significant=significant, direction=direction
    )
    return with_relative(row)
