"""Participants without a match beside those with one, as they may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from likeforlike.disclosure.counts import percent, rounded, step
from likeforlike.disclosure.levels import hidden_levels
from likeforlike.disclosure.release import BalanceRow, LostRow, RuleRecord
from likeforlike.labs.definition import DisclosureProfile

if TYPE_CHECKING:
    from likeforlike.matching.diagnostics import Diagnostics

STEPS = 5
"""Fewest lost, in steps of rounding at their size: below, a percentage could be off by more than ten points."""
Row = dict[str, Any]


def lost_rows(
    diagnostics: Diagnostics, balance: Iterable[BalanceRow], profile: DisclosureProfile
) -> tuple[LostRow, ...]:
    """Each number, flag or level that enough have, and enough have not, among the matched and among the lost.

    What the balance table hides is hidden here too, and figures of the matched are those it shows. Levels of a
    category add up to everyone, so others are hidden with those that must be. Standardised differences are worked out
    from the figures shown, so that they give no more away.

    Parameters
    ----------
    diagnostics
        Of the match.
    balance
        As it is shown.
    """
    people = dict(diagnostics.people.select("side", "people").iter_rows())
    matched, lost = people["matched"], people["lost"]
    if matched < profile.hide_below or lost < max(profile.hide_below, STEPS * step(lost, profile)):
        return ()
    shown = {(row.covariate, row.level): row for row in balance if row.treatment is not None}
    spread = dict(
        diagnostics.groups.filter(statistic="sd").select("covariate", "treated").iter_rows(),
    )
    told = diagnostics.groups.filter(diagnostics.groups["statistic"].is_in(["share", "mean"]))
    found: list[LostRow] = []
    for part in told.partition_by("covariate", maintain_order=True):
        rows = part.to_dicts()
        hidden = _hidden(rows, shown.keys(), matched, lost, profile)
        for i, row in enumerate(rows):
            if i not in hidden:
                own = shown[row["covariate"], row["level"]]
                found += _row(row, own, matched, lost, spread.get(row["covariate"]), profile)
    return tuple(found)


def lost_rule(rows: Iterable[LostRow], profile: DisclosureProfile) -> RuleRecord:
    """What was done to the figures of those lost, for the record of rules."""
    return RuleRecord(
        rule="Counts",
        target="lost",
        action="rounded" if tuple(rows) else "withheld",
        reason=f"Percentages of counts to the nearest {profile.nearest}; what fewer than {profile.hide_below} "
        f"have, or all but {profile.hide_below}, is left out, and so are fewer than "
        f"{STEPS * step(0, profile)} people without a match.",
    )


def _hidden(
    rows: list[Row], shown: Iterable[tuple[str, str]], matched: int, lost: int, profile: DisclosureProfile
) -> frozenset[int]:
    known = set(shown)
    must = {
        i
        for i, row in enumerate(rows)
        if (row["covariate"], row["level"]) not in known or _too_few(row, matched, lost, profile)
    }
    if len(rows) == 1:
        return frozenset(must)
    return hidden_levels(
        [[row[n] for row in rows] for n in ("n_matched", "n_lost")], must, profile.hide_below
    )


def _too_few(row: Row, matched: int, lost: int, profile: DisclosureProfile) -> bool:
    counts = [row["n_matched"], row["n_lost"]]
    if row["statistic"] == "share":
        counts += [matched - row["n_matched"], lost - row["n_lost"]]
    dominated = (row["largest_lost"] or 0.0) >= profile.dominance
    return min(counts) < profile.hide_below or dominated or row["lost"] is None


def _row(
    row: Row, own: BalanceRow, matched: int, lost: int, spread: float | None, profile: DisclosureProfile
) -> Iterable[LostRow]:
    is_percent = row["statistic"] == "share"
    of_matched = own.treatment or 0.0
    if is_percent:
        whole = rounded(matched, profile) + rounded(lost, profile)
        share = (rounded(row["n_matched"], profile) + rounded(row["n_lost"], profile)) / whole
        of_lost = float(percent(rounded(row["n_lost"], profile), rounded(lost, profile)) or 0)
        scale = 100 * math.sqrt(max(share * (1 - share), 0.0))
    else:
        of_lost, scale = float(f"{row['lost']:.2g}"), spread or 0.0
    if not scale > 0:
        return
    yield LostRow(
        covariate=row["covariate"],
        label=row["label"],
        level=row["level"],
        percent=is_percent,
        matched=of_matched,
        lost=of_lost,
        smd=round((of_lost - of_matched) / scale, 1) + 0.0,
    )
