"""Sub-groups as they may be shown: each beside the rest, both or neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import polars as pl

from likeforlike.disclosure.measures import measure_rows
from likeforlike.disclosure.release import MeasureRow, RuleRecord, SubAnalysis, sub_group_target
from likeforlike.labs.definition import DisclosureProfile, Outcomes

NOT_OFFERED = (
    "Too few people are in it, outside it, or not known to be either; or too few like them were found."
)
"""One reason for all: which of them it is would tell how nearly everybody, or nobody, is in it."""
PARTS = ("inside", "rest")
Row = Mapping[str, Any]


def sub_analyses(
    frame: pl.DataFrame,
    outcomes: Outcomes,
    profile: DisclosureProfile,
    *,
    participants: int,
    months: int,
    withheld: Iterable[str],
) -> list[tuple[SubAnalysis, RuleRecord]]:
    """Every sub-group and the record of the rule it met.

    The whole less one part is the other part, so a part is shown only with the other: both need as many people as a
    result does, and what is withheld of one, or of the whole, is withheld of both. Some people may be in neither part,
    because it is not known of them; if those are few, the whole less both parts would be about them, and nothing is
    shown. Every figure is rounded by itself.

    Parameters
    ----------
    frame
        `SubGroups.frame`.
    participants
        Of the whole, before matching.
    months
        How long people were followed.
    withheld
        Names of measures that are not shown for everyone.
    """
    found = [
        _sub_analysis(list(rows), outcomes, profile, participants, months, set(withheld))
        for _, rows in groupby(frame.iter_rows(named=True), key=lambda row: row["sub_group"])
    ]
    if any(row.withheld for told, _ in found for row in (*told.inside, *told.rest)):
        # a corrected p-value can be another one's, times a known number: with one withheld, none is shown
        return [(_without_adjusted(told), rule) for told, rule in found]
    return found


def _sub_analysis(
    rows: list[Row],
    outcomes: Outcomes,
    profile: DisclosureProfile,
    participants: int,
    months: int,
    withheld: set[str],
) -> tuple[SubAnalysis, RuleRecord]:
    head = {name: rows[0][name] for name in ("label", "kind")} | {"name": rows[0]["sub_group"]}
    target = sub_group_target(rows[0]["label"])
    parts = {part: [row for row in rows if row["part"] == part] for part in PARTS}
    if not _may_be_offered(parts, profile, participants):
        rule = RuleRecord(rule="Sub-group", target=target, action="withheld", reason=NOT_OFFERED)
        return SubAnalysis(**head, status="not_offered"), rule
    shown: dict[str, tuple[MeasureRow, ...]] = {}
    before: set[str] | None = None
    while withheld != before:  # each round may withhold more, until both parts agree
        before = set(withheld)
        for part in PARTS:
            told = measure_rows(
                outcomes,
                parts[part],
                profile,
                headline=[row["term"] for row in parts[part]],
                months=months,
                with_them=before,
            )
            shown[part] = tuple(row for row, _ in told)
            withheld = withheld | {row.name for row in shown[part] if row.withheld}
    reason = f"Both parts have at least {profile.minimum_analysed} people; what is hidden of one is hidden of both."
    rule = RuleRecord(rule="Sub-group", target=target, action="rounded", reason=reason)
    return SubAnalysis(**head, status="shown", **shown), rule


def _may_be_offered(parts: Mapping[str, list[Row]], profile: DisclosureProfile, participants: int) -> bool:
    rows = [row for part in PARTS for row in parts[part]]
    if not all(parts.values()) or any(row["status"] != "estimated" for row in rows):
        return False
    neither = participants - sum(parts[part][0]["participants"] for part in PARTS)
    enough = all(min(row["participants"], row["analysed"]) >= profile.minimum_analysed for row in rows)
    return enough and not 0 < neither < profile.hide_below


def _without_adjusted(told: SubAnalysis) -> SubAnalysis:
    cleared = {
        part: tuple(row.model_copy(update={"p_adjusted": None}) for row in getattr(told, part))
        for part in PARTS
    }
    return told.model_copy(update=cleared)
