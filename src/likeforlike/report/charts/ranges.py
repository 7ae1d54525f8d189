"""Estimates with their intervals, one below the other, in order of size: the specification curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, base, down, label, layers
from likeforlike.report.charts.palette import COMPARISON, INK, LINE, TREATMENT, Layout

STEP, FIRST, NARROW_STEP = 26, 14, 40


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate between its limits; `own` marks the one that the others are held against."""

    label: str
    low: float
    estimate: float
    high: float
    own: bool = False


def ranges_figure(
    name: str, ranges: Sequence[Range], axis: str, *, headline: str, title: str, alt_text: str
) -> Figure:
    """Circles with bars; the one that is `own` is filled and its name is bold. A line marks no difference."""

    def chart(layout: Layout) -> alt.LayerChart:
        return _chart(ranges, axis, layout)

    return draw(name, headline=headline, title=title, alt=alt_text, chart=chart)


def _chart(ranges: Sequence[Range], axis: str, layout: Layout) -> alt.LayerChart:
    step = NARROW_STEP if layout.is_narrow else STEP
    height = FIRST + step * len(ranges)
    rows: list[Row] = [
        {
            "text": r.label,
            "low": r.low,
            "estimate": r.estimate,
            "high": r.high,
            "y": FIRST + i * step + (12 if layout.is_narrow else 0),
            "above": FIRST + i * step - 12,
            "colour": TREATMENT if r.own else COMPARISON,
            "fill": TREATMENT if r.own else "#FFFFFF",
        }
        for i, r in enumerate(ranges)
    ]
    domain = [min(0.0, *(r.low for r in ranges)), max(0.0, *(r.high for r in ranges))]
    shown = {"title": axis, "orient": "bottom", "labelFontSize": 13, "titleFontSize": 13, "tickCount": 6}
    x, y = across("estimate", domain, **shown), down("y", height)
    colour = alt.Color("colour:N", scale=None)
    names = (
        label(rows, alt.value(0), down("above", height), 13)
        if layout.is_narrow
        else label(rows, alt.value(-12), y, 14, align="right", baseline="middle")
    )
    return layers(
        [
            base([{"x": 0.0}]).mark_rule(color=INK).encode(x=across("x", domain, **shown)),
            base(rows)
            .mark_rule(color=LINE, strokeWidth=3)
            .encode(x=across("low", domain, **shown), x2=alt.X2("high:Q"), y=y, color=colour),
            base(rows)
            .mark_point(size=80, strokeWidth=2, opacity=1, shape="circle")
            .encode(x=x, y=y, stroke=alt.Stroke("colour:N", scale=None), fill=alt.Fill("fill:N", scale=None)),
            names,
        ],
        layout.width if layout.is_narrow else layout.width - 330,
        height,
    )
