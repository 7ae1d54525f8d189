"""The match in a few numbers that may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.disclosure.counts import rounded
from likeforlike.disclosure.release import BalanceRow, MatchQuality
from likeforlike.labs.definition import DisclosureProfile, MatchingDefaults
from likeforlike.matching.matched import BY_LOT

if TYPE_CHECKING:
    from likeforlike.matching.matched import Matched


def match_quality(
    matched: Matched,
    balance: tuple[BalanceRow, ...],
    matching: MatchingDefaults,
    profile: DisclosureProfile,
    people: tuple[int, int],
) -> MatchQuality:
    """Summaries over the levels that are shown, so that a hidden level cannot be seen in the largest.

    Parameters
    ----------
    people
        Analysed and compared, as they may be told.
    """
    by_lot = matched.method == BY_LOT
    visible = [b for b in balance if b.light != "hidden"]
    lights = {b.light for b in visible}
    labels = {c.name: c.label for c in matched.lab.covariates.covariate}
    return MatchQuality.model_validate(
        {
            "treated": rounded(people[0], profile),
            "comparison": rounded(people[1], profile),
            "effective_comparison": rounded(people[1] if by_lot else matched.effective_comparison, profile),
            "method": matched.method,
            "caliper": _caliper(matched, matching),
            "penalised": matched.penalty != "none",
            "place": labels.get(matched.place, "") if matched.place else "",
            "largest_smd_before": max((abs(b.smd_before or 0) for b in visible), default=0.0),
            "largest_smd_after": max((abs(b.smd_after or 0) for b in visible), default=0.0),
            "light": "red" if "red" in lights else "amber" if "amber" in lights else "green",
        }
    )


def _caliper(matched: Matched, matching: MatchingDefaults) -> float | None:
    """The plan's, or the one that was chosen of the plan's."""
    if matched.method == BY_LOT or not matching.by_distance:
        return None
    if matched.callipers is None:
        return matching.caliper
    return float(matched.callipers.filter(pl.col("chosen"))["caliper"].item())
