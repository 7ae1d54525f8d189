"""The lab's own error rate, as near to the study at hand as it was tried."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import polars as pl

from likeforlike.disclosure.release import TrialRow
from likeforlike.labs.definition import Measure, Outcomes

Strength = Literal["weak", "strong"]


def trial_rows(
    frame: pl.DataFrame, outcomes: Outcomes, *, headline: Iterable[str], months: int, analysed: int
) -> tuple[TrialRow, ...]:
    """Rows of the calibrated size nearest to the study's, for headline measures that count everyone.

    No figure is about participants: the programmes were made up of people who took no part. So nothing is hidden, and
    one decimal is for reading. The size is chosen by a number that is published itself.

    Parameters
    ----------
    frame
        `Certificate.frame`.
    analysed
        People analysed, as they are shown.
    """
    names = [name for name in headline if not outcomes.get(name).base]
    tried = frame.filter(
        (pl.col("method") == "primary") & pl.col("term").is_in(names) & (pl.col("replications") > 0)
    )
    if not tried.height:
        return ()
    size = min(sorted(set(tried["size"])), key=lambda s: abs(s - analysed))
    near = tried.filter(pl.col("size") == size)
    ranks: dict[float, Strength] = {near["strength"].max(): "strong", near["strength"].min(): "weak"}  # type: ignore[dict-item]
    rows = {(row["term"], row["strength"]): row for row in near.iter_rows(named=True)}
    return tuple(
        _trial_row(outcomes.get(name).over(months), rows[name, strength], ranks[strength])
        for name in names
        for strength in sorted(ranks)
        if (name, strength) in rows
    )


def _trial_row(measure: Measure, row: dict[str, Any], strength: Strength) -> TrialRow:
    effect = row["effect"]
    if effect is not None:
        effect = round(100 * effect, 1) if measure.kind == "rate" else round(effect, max(measure.decimals, 1))
    percents = ("coverage", "coverage_error", "false_positives", "false_positives_error")
    return TrialRow(
        measure=measure.name,
        label=measure.statistical_label,
        unit=measure.unit,
        size=row["size"],
        strength=strength,
        replications=row["replications"],
        **{name: round(100 * row[name], 1) for name in percents},
        effect=effect,
        power=_percent(row["power"]),
        power_error=_percent(row["power_error"]),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
