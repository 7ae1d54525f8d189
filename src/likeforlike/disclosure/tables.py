"""Linkage quality and balance as they may be shown."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from likeforlike.disclosure.counts import counted_as, mean_decimals, percent, rounded, shown, step
from likeforlike.disclosure.levels import hidden_levels
from likeforlike.disclosure.release import BalanceRow, LinkageQuality
from likeforlike.labs.definition import DisclosureProfile

DOMINANCE = 0.9
"""Share of a total from which two people hold nearly all of it: the (2, 90%) rule."""
FINE_FROM = 200
"""Participants from which standardised differences are shown to two decimals."""
GRIDS = (1, 5, 10, 20, 50)
"""Hundredths to which standardised differences may go where rates are of rounded numbers."""
Row = dict[str, Any]


def linkage_rows(quality: pl.DataFrame, profile: DisclosureProfile) -> tuple[LinkageQuality, ...]:
    """Share found, overall and by group; a group is shown whole or not at all, for the total gives away a lone gap.

    Those found are counted as in the flow: two roundings of one number would together give it back.
    """
    safe = quality.with_columns(_enough_found(profile).all().over("group").alias("safe"))
    return tuple(_linkage_row(row, profile) for row in safe.iter_rows(named=True))


def _enough_found(profile: DisclosureProfile) -> pl.Expr:
    missed = pl.col("submitted") - pl.col("linked")
    return pl.min_horizontal("linked", missed) >= profile.hide_below


def _linkage_row(row: Row, profile: DisclosureProfile) -> LinkageQuality:
    submitted = row["submitted"]
    found = found_percent(row["linked"], submitted, profile) if row["safe"] else None
    return LinkageQuality(
        label=row["level"] or row["group"], submitted=shown(submitted, profile), found_percent=found
    )


def found_percent(linked: float, submitted: int, profile: DisclosureProfile) -> int:
    """Whole percentage of those found, of whom the provider knows how many they are part of."""
    found = rounded(counted_as(int(linked), submitted, profile), profile)
    return percent(found, rounded(submitted, profile)) or 0


def balance_rows(
    balance: pl.DataFrame, profile: DisclosureProfile, treated: int, told: int | None = None
) -> tuple[BalanceRow, ...]:
    """Means of both groups, hidden wherever they are about too few.

    Participants' percentages are of the rounded counts: whole percentages of exact counts would give the base away.

    A flag or level needs enough participants with it and enough without; a number, enough for whom it is not zero,
    and no two of them holding nearly all of it. Levels of a category add up to everyone, so others are hidden with
    those that must be.

    Parameters
    ----------
    balance
        `Matched.balance`.
    treated, told
        Participants analysed, exactly and as they may be told; as they are if that is not given.
    """
    by_covariate = balance.partition_by("covariate", maintain_order=True)
    people = treated if told is None else told
    return tuple(
        _balance_row(row, i in hidden, profile, people)
        for part in by_covariate
        for rows in (part.to_dicts(),)
        for hidden in (balance_hidden(rows, profile, treated),)
        for i, row in enumerate(rows)
    )


def balance_hidden(rows: list[Row], profile: DisclosureProfile, treated: int) -> frozenset[int]:
    """Places of one covariate's levels that are hidden."""
    must = {i for i, row in enumerate(rows) if _too_few(row, profile, treated)}
    if len(rows) == 1:
        return frozenset(must)
    return hidden_levels(level_counts(rows), must, profile.hide_below)


def level_counts(rows: list[Row]) -> tuple[list[int], list[int]]:
    """Of one covariate: participants, and the compared in whole effective people."""
    return [row["n_treated"] for row in rows], [round(row["n_comparison"]) for row in rows]


def _too_few(row: Row, profile: DisclosureProfile, treated: int) -> bool:
    least = profile.hide_below
    without = treated - row["n_treated"] if row["percent"] else least
    dominated = not row["percent"] and row["largest_share"] >= profile.dominance
    finite = math.isfinite(row["smd_before"]) and math.isfinite(row["smd_after"])
    return min(row["n_treated"], row["n_comparison"], without) < least or dominated or not finite


def _balance_row(row: Row, hide: bool, profile: DisclosureProfile, treated: int) -> BalanceRow:
    head = {k: row[k] for k in ("covariate", "label", "group", "level", "percent")}
    if hide:
        nothing = dict.fromkeys(
            ("treatment", "comparison_before", "comparison_after", "smd_before", "smd_after")
        )
        return BalanceRow(**head, **nothing, light="hidden")
    of_treated = percent(rounded(row["n_treated"], profile), rounded(treated, profile))
    return BalanceRow(
        **head,
        treatment=float(of_treated or 0)
        if row["percent"]
        else _of_few(row["mean_matched_treated"], treated, profile),
        comparison_before=_mean(row["mean_pool"], row["percent"]),
        comparison_after=_of_comparison(row, profile),
        smd_before=_smd(row["smd_before"], treated, profile),
        smd_after=_smd(row["smd_after"], treated, profile),
        light=row["light"],
    )


def _of_comparison(row: Row, profile: DisclosureProfile) -> float:
    if not row["percent"] or profile.rates_from == "exact":
        return _mean(row["mean_comparison"], row["percent"])
    had = row["n_comparison"]
    everyone = round(had / row["mean_comparison"], 6)
    return float(percent(rounded(round(had, 6), profile), rounded(everyone, profile)) or 0)


def _mean(value: float, is_percent: bool) -> float:
    return float(round(100 * value)) if is_percent else _two_figures(value)


def _two_figures(value: float) -> float:
    """Two significant figures: finer means of whole numbers would give away how many people they are of."""
    return float(f"{value:.2g}")


def _of_few(value: float, treated: int, profile: DisclosureProfile) -> float:
    return round(_two_figures(value), mean_decimals(treated, profile))


def _smd(value: float, treated: int, profile: DisclosureProfile) -> float:
    """On a grid of hundredths: 1, or 5 for small groups, where one person moves it by more than 0.01.

    Where rates are of rounded numbers it is so coarse that it gives no share away to better than those do: a step of
    rounding moves a share by step / treated, and a difference by twice that or more.
    """
    grid = smd_grid(treated, profile)
    if grid == 1:
        return round(value, 2) + 0.0
    return round(round(100 / grid * value) * grid / 100, 2) + 0.0


def smd_grid(treated: int, profile: DisclosureProfile) -> int:
    """Hundredths between standardised differences as they are shown."""
    if profile.rates_from == "rounded":
        least = 200 * step(treated, profile) / treated
        return next((each for each in GRIDS if each >= least), GRIDS[-1])
    return 1 if treated >= FINE_FROM else 5
