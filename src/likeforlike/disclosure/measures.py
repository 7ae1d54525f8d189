"""Estimates as they may be shown: rounded, or withheld with the reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from likeforlike.disclosure.counts import rounded, too_even
from likeforlike.disclosure.release import MeasureRow, RuleRecord
from likeforlike.labs.definition import DisclosureProfile, Measure

SIGNIFICANT = 0.05
DOMINANCE = 0.9
Row = Mapping[str, Any]


def measure_row(measure: Measure, row: Row, profile: DisclosureProfile) -> tuple[MeasureRow, RuleRecord]:
    """One measure's protected row and the record of the rule it met.

    Parameters
    ----------
    row
        A row of `Estimates.frame`.
    """
    withheld = _withheld(measure, row, profile)
    target = measure.statistical_label
    head = {
        k: getattr(measure, k)
        for k in (
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
    if withheld:
        empty = dict.fromkeys(
            (
                "n_treatment",
                "n_comparison",
                "treatment",
                "comparison",
                "difference",
                "conf_low",
                "conf_high",
                "p_value",
            )
        )
        hidden = MeasureRow(
            **head,
            **empty,
            significant=False,
            direction="undetermined",
            number_needed=None,
            withheld=withheld,
        )
        return hidden, RuleRecord(rule="Figures", target=target, action="withheld", reason=withheld)
    figures = {
        "treatment": row["mean_treated"],
        "comparison": row["mean_comparison"],
        "difference": row["estimate"],
        "conf_low": row["conf_low"],
        "conf_high": row["conf_high"],
    }
    significant = is_significant(measure, row)
    shown_row = MeasureRow(
        **head,
        n_treatment=rounded(row["n"], profile),
        n_comparison=rounded(row["n_comparison"], profile),
        **{k: _scaled(v, measure, profile) for k, v in figures.items()},
        p_value=_p_value(row["p_value"]),
        significant=significant,
        direction=_direction(row["estimate"]) if significant else "undetermined",
        number_needed=None if significant else _two_figures(row["number_needed"]),
    )
    done = (
        f"People to the nearest {profile.round_counts_to}; figures to {measure.decimals} decimals; enough people with "
        "and without the outcome in both groups."
    )
    return shown_row, RuleRecord(rule="Figures", target=target, action="rounded", reason=done)


def is_significant(measure: Measure, row: Row) -> bool:
    """P ≤ 0.05 (which is the interval excluding zero), with enough events in the treatment group to say so."""
    return bool(row["p_value"] <= SIGNIFICANT and row["events_treated"] >= max(measure.minimum_events, 10))


def _withheld(measure: Measure, row: Row, profile: DisclosureProfile) -> str:
    people, others = row["n"], row["n_comparison"]
    floor = max(profile.minimum_analysed, measure.minimum_events if measure.base else 0)
    if people < floor or others < profile.minimum_comparison:
        return "Too few people to show this."
    if not measure.base and too_even(row["events_treated"], people, profile):
        return "Too few people had, or did not have, this outcome to show it."
    if not measure.base and too_even(row["events_comparison"], others, profile):
        return "Too few people in the comparison group had, or did not have, this outcome to show it."
    if measure.kind != "rate" and row["largest_share"] >= DOMINANCE:
        return "One or two people make up nearly all of this figure."
    if not math.isfinite(row["p_value"]):
        return "This figure cannot be worked out for this group."
    return ""


def _scaled(value: float, measure: Measure, profile: DisclosureProfile) -> float:
    if measure.kind == "rate":
        return round(100 * value, profile.rate_decimals) + 0.0
    return round(value, measure.decimals) + 0.0


def _p_value(p: float) -> float:
    """Three decimals, rounded away from the limit so that what is shown and what is said agree."""
    return (math.floor if p <= SIGNIFICANT else math.ceil)(1000 * p) / 1000


def _direction(estimate: float) -> Literal["lower", "higher"]:
    return "lower" if estimate < 0 else "higher"


def _two_figures(people: float) -> int | None:
    """Rounded up to two significant figures."""
    if not math.isfinite(people) or people <= 0:
        return None
    unit = 10 ** max(math.floor(math.log10(people)) - 1, 1)
    return int(math.ceil(people / unit) * unit)
