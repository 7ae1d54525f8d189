"""Curves, estimates and shown measures of two groups of people who all count one each, from cumulative counts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from likeforlike.disclosure.measures import measure_row
from likeforlike.disclosure.release import MeasureRow
from likeforlike.labs import load_lab

LAB = load_lab("justice")
RATE = LAB.outcomes.get("reoffended").over(12)
MONTH = 30


def group_rows(counts: Sequence[int], people: int, group: str = "treatment") -> list[dict]:
    """One row a month end; `counts` are of people with the event by then."""
    return [
        {
            "term": RATE.name,
            "group": group,
            "day": MONTH * (i + 1),
            "month": i + 1,
            "share": count / people,
            "events": count,
            "people": people,
        }
        for i, count in enumerate(counts)
    ]


def curves_of(
    ours: Sequence[int], people: int, others: Sequence[int], comparison: int
) -> tuple[pl.DataFrame, pl.DataFrame, MeasureRow]:
    """`Timing.curves`, `Estimates.frame` and the measure as it is shown."""
    curves = group_rows(ours, people) + group_rows(others, comparison, "comparison")
    means = ours[-1] / people, others[-1] / comparison
    row = {
        "term": RATE.name,
        "n": people,
        "n_comparison": comparison,
        "effective_comparison": float(comparison),
        "people_treated": people,
        "people_comparison": float(comparison),
        "mean_treated": means[0],
        "mean_comparison": means[1],
        "estimate": means[0] - means[1],
        "conf_low": -0.2,
        "conf_high": 0.2,
        "p_value": 0.5,
        "events_treated": ours[-1],
        "events_comparison": float(others[-1]),
        "largest_share": 0.01,
        "number_needed": 400.0,
    }
    shown, _ = measure_row(RATE, row, LAB.disclosure, headline=True)
    return pl.DataFrame(curves), pl.DataFrame([row]), shown
