"""The same differences by other statistics and other ways of comparing, as they may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from likeforlike.disclosure.counts import FINE_FROM, rate_step, to_step
from likeforlike.disclosure.profiles.stepped_rates import is_stepped
from likeforlike.disclosure.release import MeasureRow, OtherWay, RuleRecord
from likeforlike.labs.definition import DisclosureProfile

if TYPE_CHECKING:
    from likeforlike.checks.result import Checks
    from likeforlike.estimates.beside import Beside
    from likeforlike.sensitivity import Sensitivity

PANEL = "specifications"
PANEL_T_TEST = "The Justice Data Lab's t-test"
STATISTICS = {
    "justice_t_test": "The {lab}'s t-test",
    "aipw": "Doubly robust, cross-fitted",
    "rate_difference": "Quasi-Poisson difference",
    "rate_ratio": "Quasi-Poisson ratio",
    "risk_ratio": "Ratio of the two rates",
    "abadie_imbens": "Abadie and Imbens's error for neighbours",
    "estimated_score": "Error that counts the score as estimated",
    "wild_bootstrap": "Wild bootstrap",
}
"""Intervals that only few people get (Newcombe's, Miettinen and Nurminen's) tell by being there how few they are."""
OF_COUNTS = ("justice_t_test", "risk_ratio", "rate_difference", "rate_ratio", "wild_bootstrap")
"""Anyone can work these out from counts, so their limits say how many people there are.

The bootstrap's too: a fixed seed makes its limits a second rounding of the primary error.
"""
RATIO_DECIMALS = 1
"""Finer ratios would give a rate back to better than a percentage point."""
WHY = (
    f"Rounded as the measure itself, ratios to {RATIO_DECIMALS} decimal. For fewer than {FINE_FROM} people, what "
    "follows from counts alone is left out, and intervals are rounded outward, so that all together do not give the "
    "counts back."
)
Row = Mapping[str, Any]


def other_ways(
    measures: Sequence[MeasureRow],
    beside: Beside | None,
    checks: Checks | None,
    sensitivity: Sensitivity | None,
    profile: DisclosureProfile,
    threshold: float | None = None,
    *,
    lab_title: str,
    by_lot: bool = False,
) -> tuple[tuple[OtherWay, ...], tuple[RuleRecord, ...]]:
    """Every other way for each measure that is shown, and the record of the rule.

    Parameters
    ----------
    measures
        Protected rows of the whole.
    beside, checks, sensitivity
        What was found, where it was asked.
    profile
        The rules.
    threshold
        The study's own of linkage, which is no other way.
    lab_title
        Whose t-test it is.
    by_lot
        Whether lots decided who took part. Nobody is weighted then, so every way may follow from counts alone.
    """
    least = FINE_FROM if by_lot else 0
    shown = [
        m for m in measures if not m.withheld and m.difference is not None and (m.n_treatment or 0) >= least
    ]
    rows = tuple(
        row
        for m in shown
        for row in _of_measure(m, beside, checks, sensitivity, profile, threshold, lab_title)
    )
    rule = RuleRecord(rule="Other ways", target="others", action="rounded", reason=WHY)
    return rows, (rule,) if rows else ()


def _of_measure(
    measure: MeasureRow,
    beside: Beside | None,
    checks: Checks | None,
    sensitivity: Sensitivity | None,
    profile: DisclosureProfile,
    threshold: float | None,
    lab_title: str,
) -> Iterator[OtherWay]:
    if beside is not None:
        told_of = pl.col("method").is_in(list(STATISTICS))
        for row in beside.frame.filter(told_of, term=measure.name).iter_rows(named=True):
            told = {**row, "title": STATISTICS[row["method"]].format(lab=lab_title), "counted": True}
            yield from _way(measure, profile, "statistic", told)
    if not measure.headline:
        return
    for way in _specifications(measure, checks):
        yield from _way(measure, profile, "specification", way)
    if sensitivity is not None:
        others = sensitivity.frame.filter(pl.col("threshold") != threshold, term=measure.name)
        for told in others.iter_rows(named=True):
            title = f"Linkage threshold {told['threshold']:g}"
            yield from _way(
                measure,
                profile,
                "specification",
                {**told, "method": "linkage", "title": title, "counted": True},
            )


def _specifications(measure: MeasureRow, checks: Checks | None) -> Iterable[Row]:
    """Ways of the panel that are not among the statistics already."""
    table = checks.table(PANEL, measure.name) if checks else None
    if table is None:
        return []
    known = {*STATISTICS.values(), PANEL_T_TEST}
    rows = table.filter(~table["item"].is_in(list(known))).to_dicts()
    return [{**row, "method": "panel", "title": row["item"], "counted": bool(row["counted"])} for row in rows]


def _way(
    measure: MeasureRow, profile: DisclosureProfile, kind: Literal["statistic", "specification"], row: Row
) -> Iterator[OtherWay]:
    """The row as it may be shown; nothing where a figure is not known, or would tell too much."""
    scale: Literal["difference", "ratio"] = row.get("scale", "difference")
    if row["method"] in OF_COUNTS and (measure.n_treatment or 0) < FINE_FROM:
        return
    figures = [row[k] for k in ("estimate", "conf_low", "conf_high")]
    if any(figure is None or not math.isfinite(figure) for figure in figures):
        return
    decimals = RATIO_DECIMALS if scale == "ratio" else measure.decimals
    times = 100 if measure.kind == "rate" and scale == "difference" else 1
    estimate, low, high = (round(times * figure, decimals) + 0.0 for figure in figures)
    if (
        measure.kind == "rate"
        and scale == "difference"
        and is_stepped(measure.n_treatment or 0, math.inf, profile)
    ):
        estimate, low, high = _in_steps(measure, [100 * figure for figure in figures], profile)
    yield OtherWay(
        measure=measure.name,
        label=measure.statistical_label,
        unit=measure.unit if scale == "difference" else "",
        decimals=decimals,
        method=row["method"],
        title=row["title"],
        kind=kind,
        scale=scale,
        counted=row["counted"],
        estimate=estimate,
        conf_low=low,
        conf_high=high,
        agrees=_side(figures[1], figures[2], 1.0 if scale == "ratio" else 0.0) == _own_side(measure),
    )


def _in_steps(
    measure: MeasureRow, figures: Sequence[float], profile: DisclosureProfile
) -> tuple[float, float, float]:
    """An estimate and its limits by the steps of the measure's own rate, the limits outward."""
    step, (estimate, low, high) = rate_step(measure.n_treatment or 0, profile), figures
    ends = math.floor(low / step) * step, math.ceil(high / step) * step
    return float(to_step(estimate, step)), float(max(ends[0], -100)), float(min(ends[1], 100))


def _side(low: float, high: float, none: float) -> str:
    return "lower" if high < none else "higher" if low > none else "open"


def _own_side(measure: MeasureRow) -> str:
    """By the p-value, which is shown so that it agrees with the interval before rounding."""
    if measure.p_value is None or measure.p_value > 0.05 or measure.difference is None:
        return "open"
    low, high = measure.conf_low or 0.0, measure.conf_high or 0.0
    return "lower" if low + high < 0 else "higher"
