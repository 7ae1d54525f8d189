"""Curves as they may be shown: rebuilt from rounded numbers of people at the ends of months, few enough to be deep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from likeforlike.disclosure.counts import percent, rounded, step, too_even
from likeforlike.disclosure.release import MeasureRow, RuleRecord, TimingRow
from likeforlike.disclosure.sent import told
from likeforlike.labs.definition import DisclosureProfile

Row = Mapping[str, Any]
SAME = 9
"""Decimals beyond which a weighted number of people is the order of its sum."""


def timing_rows(
    curves: pl.DataFrame,
    estimates: pl.DataFrame,
    measures: Iterable[MeasureRow],
    profile: DisclosureProfile,
) -> tuple[TimingRow, ...]:
    """The protected curves of every measure that is shown itself.

    At the end of each month the people who had the event by then are rounded, and nothing finer is used after that. A
    month end is shown where the rounded numbers of both groups have grown enough since the last one shown to prove
    `hide_below` events between, whatever was rounded away. Percentages are those of the rounded numbers over the
    rounded groups; the last is the measure's own figure as it is shown, and no other is above it. The rule follows
    OpenSAFELY's Kaplan-Meier action, which rounds cumulative counts; here they are also merged into deep steps.

    Parameters
    ----------
    curves
        `Timing.curves`.
    estimates
        `Estimates.frame`: the comparison group's curve is scaled to end at its estimate.
    measures
        As they are shown; a measure that is withheld has no curve.
    """
    estimated = {row["term"]: row for row in estimates.iter_rows(named=True)}
    monthly = curves.filter(pl.col("month") > 0).sort("day")
    rows: list[TimingRow] = []
    for measure in measures:
        of = monthly.filter(pl.col("term") == measure.name)
        if of.height and measure.name in estimated and not measure.withheld:
            rows += _rows_of(measure, of, estimated[measure.name], profile)
    return tuple(rows)


def timing_rule(rows: Iterable[TimingRow], profile: DisclosureProfile) -> RuleRecord:
    """What was done to the curves, for the record of rules."""
    some = bool(tuple(rows))
    reason = (
        f"Numbers of people by the end of a month to the nearest {profile.nearest}; steps of at least "
        f"{profile.hide_below} people in both groups."
    )
    return RuleRecord(rule="Curves", target="timing", action="rounded" if some else "withheld", reason=reason)


@dataclass(frozen=True, slots=True)
class RoundedCurve:
    """One group's rounded numbers with the event by each day; `people` may weigh more or less than one each."""

    base: int
    effective: tuple[int, ...]
    people: tuple[int, ...]

    @classmethod
    def of(cls, rows: Sequence[Row], size: float, share: float, profile: DisclosureProfile) -> RoundedCurve:
        """From the curve's month ends, scaled so that the last is `share` of `size` people."""
        scale = share / rows[-1]["share"]
        effective = [rounded(round(row["share"] * scale * size, SAME), profile) for row in rows]
        return cls(
            rounded(size, profile), tuple(effective), tuple(rounded(row["events"], profile) for row in rows)
        )

    def percent(self, day: int) -> int:
        """Whole percentage of the rounded group; steps this deep keep it below the end, whatever was rounded away."""
        return percent(self.effective[day], self.base) or 0

    def risen(self, since: int, day: int, least: int) -> bool:
        """Whether both numbers have grown enough between two days; −1 is the beginning."""
        return all(
            series[day] - (series[since] if since >= 0 else 0) >= least
            for series in (self.effective, self.people)
        )


def least_rise(profile: DisclosureProfile, people: int = 0) -> int:
    """The least multiple by which a rounded number grows only where at least `hide_below` people are behind it.

    A growth of r between two numbers to the nearest b is one of more than r − b people; b is that of numbers as large
    as the whole group, whose size is `people`.
    """
    base = step(people, profile)
    return base * -(-(profile.hide_below + base - 1) // base)


def _rows_of(
    measure: MeasureRow, curves: pl.DataFrame, estimate: Row, profile: DisclosureProfile
) -> Iterator[TimingRow]:
    if measure.treatment is None or measure.comparison is None:
        return
    ours, others = (curves.filter(pl.col("group") == g).to_dicts() for g in ("treatment", "comparison"))
    if _unknown(ours) or _unknown(others) or any(_too_even(rows[-1], profile) for rows in (ours, others)):
        return
    treated = RoundedCurve.of(ours, told(estimate, "n"), estimate["mean_treated"], profile)
    similar = RoundedCurve.of(
        others, told(estimate, "effective_comparison"), estimate["mean_comparison"], profile
    )
    kept = deep_steps(
        (treated, similar), max(least_rise(profile, group.base) for group in (treated, similar))
    )
    for i in kept:
        last = i == kept[-1]
        yield TimingRow(
            measure=measure.name,
            label=measure.statistical_label,
            day=ours[i]["day"],
            treatment=round(measure.treatment) if last else treated.percent(i),
            comparison=round(measure.comparison) if last else similar.percent(i),
        )


def deep_steps(groups: tuple[RoundedCurve, ...], least: int) -> list[int]:
    """Places of the days to show, the last always; none where only the last is deep enough, which is no curve."""
    end = len(groups[0].effective) - 1
    kept: list[int] = []
    for i in range(end):
        since = kept[-1] if kept else -1
        if all(g.risen(since, i, least) and g.risen(i, end, least) for g in groups):
            kept.append(i)
    return [*kept, end] if kept else []


def _unknown(rows: Sequence[Row]) -> bool:
    return (
        not rows
        or any(row["share"] is None or not 0 <= row["share"] <= 1 for row in rows)
        or not rows[-1]["share"]
    )


def _too_even(row: Row, profile: DisclosureProfile) -> bool:
    return too_even(row["events"], row["people"], profile)
