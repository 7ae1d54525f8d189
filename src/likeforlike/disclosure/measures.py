"""Estimates as they may be shown: rounded, or withheld with the reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from likeforlike.disclosure.counts import rounded, too_even
from likeforlike.disclosure.release import MeasureRow, RuleRecord
from likeforlike.disclosure.tables import DOMINANCE
from likeforlike.labs.definition import DisclosureProfile, Measure

SIGNIFICANT = 0.05
Row = Mapping[str, Any]


def measure_row(
    measure: Measure, row: Row, profile: DisclosureProfile, *, headline: bool
) -> tuple[MeasureRow, RuleRecord]:
    """One measure's protected row and the record of the rule it met.

    Parameters
    ----------
    row
        A row of `Estimates.frame`.
    headline
        Whether the plan has it on the first page.
    """
    withheld = _withheld(measure, row, profile)
    target = measure.statistical_label
    copied = ("name", "label", "statistical_label", "kind", "unit", "decimals", "descriptive", "better")
    head = {k: getattr(measure, k) for k in copied} | {"headline": headline}
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
        number_needed=None if significant else _one_figure(row, measure, profile),
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
    people, others = row["n"], row["effective_comparison"]
    floor = max(profile.minimum_analysed, measure.minimum_events if measure.base else 0)
    if people < floor or others < profile.minimum_comparison:
        return "Too few people to show this."
    # How many have the event is as telling where it is the base of a measure as where it is the measure.
    had = (people, others) if measure.base else (row["events_treated"], row["events_comparison"])
    if too_even(had[0], row["people_treated"], profile):
        return "Too few people had, or did not have, this outcome to show it."
    if too_even(had[1], row["people_comparison"], profile):
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


def _one_figure(row: Row, measure: Measure, profile: DisclosureProfile) -> int | None:
    """Rounded up to one significant figure: finer would give back the difference before rounding."""
    people = row["number_needed"]
    if not math.isfinite(people) or people <= 0 or _scaled(row["estimate"], measure, profile) == 0:
        return None
    unit = 10 ** max(math.floor(math.log10(people)), 1)
    return int(math.ceil(people / unit) * unit)
