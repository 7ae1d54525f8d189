"""Figures in the sentences of findings."""

from __future__ import annotations

import math

from likeforlike.labs.definition import Measure


def amount(measure: Measure, value: float) -> str:
    """A difference with its sign and unit, such as `-4.2 percentage points`."""
    if not math.isfinite(value):
        return "an unknown amount"
    scale, places = (100, 1) if measure.kind == "rate" else (1, max(measure.decimals, 1))
    return f"{scale * value:+.{places}f} {measure.unit}"


def times(value: float) -> str:
    """A ratio with two decimals."""
    return f"{value:.2f}" if math.isfinite(value) else "any"
