"""The flow, linkage quality and balance as they may be shown."""

from __future__ import annotations

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
    """Share found, overall and by group; a group is shown whole or not at all, for the total gives away a lone gap."""
    safe = quality.with_columns(_enough_found(profile).all().over("group").alias("safe"))
    return tuple(_linkage_row(row, profile) for row in safe.iter_rows(named=True))


def _enough_found(profile: DisclosureProfile) -> pl.Expr:
    missed = pl.col("submitted") - pl.col("linked")
    return pl.min_horizontal("linked", missed) >= profile.hide_below


def _linkage_row(row: dict[str, Any], profile: DisclosureProfile) -> LinkageQuality:
    submitted = row["submitted"]
    found = percent(rounded(row["linked"], profile), rounded(submitted, profile)) if row["safe"] else None
    return LinkageQuality(
        label=row["level"] or row["group"], submitted=shown(submitted, profile), found_percent=found
    )


def balance_rows(balance: pl.DataFrame, profile: DisclosureProfile, treated: int) -> tuple[BalanceRow, ...]:
    """Means of both groups; a level is hidden unless enough participants have it and enough do not.

    The levels of a category add up to everyone, so a lone hidden level takes the smallest shown one with it.
    """
    small = pl.col("percent") & (
        pl.min_horizontal("n_treated", treated - pl.col("n_treated")) < profile.hide_below
    )
    useless = (pl.col("n_comparison") < profile.hide_below) | ~(
        pl.col("smd_before").is_finite() & pl.col("smd_after").is_finite()
    )
    of_category = pl.col("level") != ""
    marked = balance.with_columns(hidden=small | useless).with_columns(
        lone=of_category & (pl.col("hidden").sum().over("covariate") == 1),
        smallest=pl.col("n_treated") == pl.col("n_treated").filter(~pl.col("hidden")).min().over("covariate"),
    )
    hidden = marked["hidden"] | (marked["lone"] & marked["smallest"])
    rows = zip(balance.iter_rows(named=True), hidden, strict=True)
    return tuple(_balance_row(row, hide) for row, hide in rows)


def _balance_row(row: dict[str, Any], hide: bool) -> BalanceRow:
    head = {k: row[k] for k in ("covariate", "label", "group", "level", "percent")}
    if hide:
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


def _mean(value: float, is_percent: bool) -> float:
    """Whole percent, or three significant figures."""
    if is_percent:
        return float(round(100 * value))
    return float(f"{value:.3g}")
