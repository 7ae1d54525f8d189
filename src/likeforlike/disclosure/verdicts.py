"""What other ways of looking say, as it may be shown: a word for each check and measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.disclosure.release import CheckRow, MeasureRow, RuleRecord

if TYPE_CHECKING:
    from likeforlike.checks.result import Checks

WHY = (
    "One of four words for each check, which stands for a wide range of figures about everyone analysed; and from 110 "
    "people how strong something unseen would have to be, to one decimal or a whole percent. Only of measures that are "
    "shown."
)
STRENGTHS = {
    "e_value": ("e_value", "e_value_limit", 1, 1),
    "rosenbaum": ("gamma", "gamma", 1, 1),
    "mantel_haenszel": ("gamma", "gamma", 1, 1),
    "omitted_variable": ("robustness_value", "robustness_value_interval", 100, 0),
}
"""By check: the name of its figure, where the check keeps it, and how it is rounded."""
STRENGTH_FROM = 110
"""People from which rates are in whole points; of fewer, a strength would give them to better than they are shown."""


def check_rows(
    checks: Checks, measures: Sequence[MeasureRow]
) -> tuple[tuple[CheckRow, ...], tuple[RuleRecord, ...]]:
    """Verdicts on the headline measures that are shown, and the record of the rule.

    A verdict is one of four words, so it cannot carry a count; which one it is depends on estimates over everyone who
    is analysed, each of whom moves those by little. It does tell a direction, or whether an interval reaches zero:
    that is why a measure that is withheld has no verdicts.

    Parameters
    ----------
    checks
        What was found.
    measures
        Protected rows of the whole.
    """
    labels = {m.name: m.statistical_label for m in measures if m.headline and not m.withheld}
    people = {m.name: m.n_treatment or 0 for m in measures}
    asked = checks.frame.filter(pl.col("term").is_in(list(labels))).to_dicts()
    rows = tuple(
        CheckRow(
            check=row["check"],
            title=row["title"],
            measure=row["term"],
            label=labels[row["term"]],
            verdict=row["verdict"],
            why=row.get("why", ""),
            **(_strength(checks, row) if people[row["term"]] >= STRENGTH_FROM else {}),
        )
        for row in asked
    )
    rule = RuleRecord(rule="Checks", target="checks", action="verdicts only", reason=WHY)
    return rows, (rule,) if rows else ()


def _strength(checks: Checks, row: dict[str, Any]) -> dict[str, Any]:
    """How strong something unseen would have to be, where the check says that; coarse, and of the interval."""
    if row["check"] not in STRENGTHS or row["verdict"] == "not_applicable":
        return {}
    figure, key, times, decimals = STRENGTHS[row["check"]]
    value = checks.figures_of(row["check"], row["term"]).get(key, math.nan)
    return {"figure": figure, "value": round(times * value, decimals)} if math.isfinite(value) else {}
