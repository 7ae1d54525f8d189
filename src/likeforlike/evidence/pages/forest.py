"""Estimates with their intervals below each other: a forest plot, of programmes, of groups or through time."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt

from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, base, down, label, layers
from likeforlike.report.charts.palette import COMPARISON, INK, LINE, QUIET, TREATMENT, Layout

NAMES, LINE_HEIGHT, GAP = 215, 17, 14
"""Pixels for names beside the plot, for a line of them, and between rows."""
SMALLEST, LARGEST = 40, 420
"""Areas of the squares, in square pixels."""
ENDS = 0.04
"""Share of the scale left free at either end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: `own` a result, `mean` what several say together, `further` where the next may lie."""

    name: str
    low: float
    estimate: float
    high: float
    kind: Literal["own", "mean", "further"] = "own"
    weight: float = 100
    """Percent, which sets the size of the square."""
    shrunken: float | None = None


def forest_figure(
    name: str, bars: Sequence[Bar], axis: str, *, headline: str, title: str, alt_text: str
) -> Figure:
    """Squares with their intervals, open diamonds for shrunken estimates, filled diamonds for means.

    Where the next programme may lie is a dashed line. An upright line marks no difference.
    """

    def chart(layout: Layout) -> alt.LayerChart:
        return _chart(bars, axis, layout)

    return draw(name, headline=headline, title=title, alt=alt_text, chart=chart)


def _chart(bars: Sequence[Bar], axis: str, layout: Layout) -> alt.LayerChart:
    width = layout.width if layout.is_narrow else layout.width - NAMES
    rows, height = _rows(bars, layout)
    reach = [0.0, *(b.low for b in bars), *(b.high for b in bars)]
    free = ENDS * (max(reach) - min(reach) or 1.0)
    domain = [min(reach) - free, max(reach) + free]
    ticks = {"title": axis, "orient": "bottom", "labelFontSize": 13, "titleFontSize": 13, "tickCount": 6}
    x, y = across("estimate", domain, **ticks), down("y", height)
    own, mean, further = ([r for r in rows if r["kind"] == kind] for kind in ("own", "mean", "further"))
    shrunken = [r for r in rows if r["shrunken"] is not None]
    span = {"x": across("low", domain, **ticks), "x2": alt.X2("high:Q"), "y": y}
    marks = [
        base([{"x": 0.0}]).mark_rule(color=LINE, strokeWidth=2).encode(x=across("x", domain, **ticks)),
        base(own).mark_rule(color=QUIET, strokeWidth=2).encode(**span),
        base(further).mark_rule(color=TREATMENT, strokeWidth=3, strokeDash=[6, 4]).encode(**span),
        base(mean).mark_rule(color=TREATMENT, strokeWidth=5).encode(**span),
        base(own)
        .mark_point(shape="square", filled=True, color=INK, opacity=1)
        .encode(x=x, y=y, size=alt.Size("area:Q", scale=None)),
        base(mean)
        .mark_point(shape="diamond", filled=True, color=TREATMENT, opacity=1, size=260)
        .encode(x=x, y=y),
        base(shrunken)
        .mark_point(shape="diamond", color=COMPARISON, fill="#FFFFFF", strokeWidth=2.5, opacity=1, size=110)
        .encode(x=across("shrunken", domain, **ticks), y=y),
    ]
    if layout.is_narrow:
        names = label(rows, alt.value(0), down("top", height), 13, lineHeight=LINE_HEIGHT)
    else:
        # Set from the left, for only then does a font that is wider than expected stay within the picture.
        names = label(rows, alt.value(-NAMES), down("top", height), 13, lineHeight=LINE_HEIGHT)
    return layers([*(m for m in marks if m.data.values), names], width, height)


def _rows(bars: Sequence[Bar], layout: Layout) -> tuple[list[Row], float]:
    """Each row with its place, and how high all of them are."""
    rows: list[Row] = []
    heaviest = max(b.weight for b in bars)
    top = 0.0
    for bar in bars:
        lines = textwrap.wrap(bar.name, 38 if layout.is_narrow else 25)
        text = LINE_HEIGHT * len(lines)
        middle = top + text + 11 if layout.is_narrow else top + text / 2
        rows.append(
            {
                "text": "\n".join(lines),
                "kind": bar.kind,
                "low": bar.low,
                "estimate": bar.estimate,
                "high": bar.high,
                "shrunken": bar.shrunken,
                "area": max(LARGEST * bar.weight / heaviest, SMALLEST),
                "top": top,
                "y": middle,
            }
        )
        top += text + GAP + (22 if layout.is_narrow else 2)
    return rows, top
