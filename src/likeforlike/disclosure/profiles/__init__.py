"""Which rule of the profile each kind of statistic must meet; a kind without a rule cannot be released."""

from likeforlike.disclosure.profiles.rules import RULES, NoRule, protect
from likeforlike.disclosure.profiles.statistics import (
    Count,
    Interval,
    Mean,
    PValue,
    Quantile,
    Rate,
    Ratio,
    Shown,
    Support,
    Table,
)

__all__ = [
    "RULES",
    "Count",
    "Interval",
    "Mean",
    "NoRule",
    "PValue",
    "Quantile",
    "Rate",
    "Ratio",
    "Shown",
    "Support",
    "Table",
    "protect",
]
