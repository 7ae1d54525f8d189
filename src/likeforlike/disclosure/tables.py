"""The flow, linkage quality and balance as they may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import polars as pl

from likeforlike.disclosure.counts import percent, rounded, shown
from likeforlike.disclosure.release import BalanceRow, FlowRow, LinkageQuality
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.terms import Flow


def flow_rows(flow: Flow, profile: DisclosureProfile) -> tuple[FlowRow, ...]:
    """Rounded people left after each step; losses are differences of what is shown, small ones hidden."""
    submitted = shown(flow.steps[0].remaining, profile)
    before = submitted
    rows = []
    for step in flow.steps:
        remaining = shown(step.remaining, profile)
        lost = before - remaining if before is not None and remaining is not None else None
        rows.append(
            FlowRow(
                key=step.key,
                reason=step.reason,
                remaining=remaining,
                lost=lost or None,
                lost_percent=percent(lost or None, submitted),
            )
        )
        before = remaining
    return tuple(rows)


def linkage_rows(quality: pl.DataFrame, profile: DisclosureProfile) -> tuple[LinkageQuality, ...]:
    """Share found, overall and by group; hidden unless enough were found and enough were not."""
    return tuple(_linkage_row(row, profile) for row in quality.iter_rows(named=True))


def _linkage_row(row: dict[str, Any], profile: DisclosureProfile) -> LinkageQuality:
    submitted, linked = row["submitted"], row["linked"]
    missed = submitted - linked
    safe = min(linked, missed) >= profile.hide_below
    found = percent(rounded(linked, profile), rounded(submitted, profile)) if safe else None
    label = row["level"] if row["level"] else row["group"]
    return LinkageQuality(label=label, submitted=shown(submitted, profile), found_percent=found)


def balance_rows(balance: pl.DataFrame, profile: DisclosureProfile, treated: int) -> tuple[BalanceRow, ...]:
    """Means of both groups; a level is hidden unless enough participants have it and enough do not."""
    return tuple(_balance_row(row, profile, treated) for row in balance.iter_rows(named=True))


def _balance_row(row: dict[str, Any], profile: DisclosureProfile, treated: int) -> BalanceRow:
    head = {k: row[k] for k in ("covariate", "label", "group", "level", "percent")}
    have = row["n_treated"]
    small = row["percent"] and min(have, treated - have) < profile.hide_below
    if (
        small
        or row["n_comparison"] < profile.hide_below
        or not _finite(row[k] for k in ("smd_before", "smd_after"))
    ):
        nothing = dict.fromkeys(
            ("treatment", "comparison_before", "comparison_after", "smd_before", "smd_after")
        )
        return BalanceRow(**head, **nothing, light="hidden")
    return BalanceRow(
        **head,
        treatment=_mean(row["mean_matched_treated"], row["percent"]),
        comparison_before=_mean(row["mean_pool"], row["percent"]),
        comparison_after=_mean(row["mean_comparison"], row["percent"]),
        smd_before=round(row["smd_before"], 2) + 0.0,
        smd_after=round(row["smd_after"], 2) + 0.0,
        light=row["light"],
    )


def _finite(values: Iterable[float]) -> bool:
    return all(math.isfinite(v) for v in values)


def _mean(value: float, is_percent: bool) -> float:
    """Whole percent, or three significant figures."""
    if is_percent:
        return float(round(100 * value))
    return float(f"{value:.3g}")
