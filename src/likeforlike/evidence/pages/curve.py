"""A line through points, with upright lines for what matters on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, base, label, layers
from likeforlike.report.charts.palette import COMPARISON, INK, QUIET, TREATMENT, Layout

HEIGHT = 280
DASHES = {"full": [1, 0], "dashed": [7, 4], "dotted": [2, 4]}


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright line at a place, with a word beside it."""

    at: float
    name: str


def curve_figure(
    name: str,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    axes: tuple[str, str],
    *,
    top: float | None = None,
    headline: str,
    title: str,
    alt_text: str,
) -> Figure:
    """Up to three lines, told apart by colour and by dashes.

    Parameters
    ----------
    axes
        Titles below and beside.
    top
        Where the scale beside ends; at the highest point if left out.
    """

    def chart(layout: Layout) -> alt.LayerChart:
        return _chart(lines, marks, axes, top, layout)

    return draw(name, headline=headline, title=title, alt=alt_text, chart=chart)


def _chart(
    lines: Sequence[Line], marks: Sequence[Mark], axes: tuple[str, str], top: float | None, layout: Layout
) -> alt.LayerChart:
    rows: list[Row] = [{"x": x, "y": y, "line": line.name} for line in lines for x, y in line.points]
    highest = top if top is not None else max(row["y"] for row in rows)
    ends = [min(row["x"] for row in rows), max(row["x"] for row in rows)]
    shown: Row = {"labelFontSize": 13, "titleFontSize": 13, "tickCount": 4 if layout.is_narrow else 6}
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=ends, nice=False, zero=False), axis=alt.Axis(title=axes[0], **shown)
    )
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, highest]), axis=alt.Axis(title=axes[1], **shown))
    order = [line.name for line in lines]
    legend = alt.Legend(
        orient="top",
        title=None,
        labelFontSize=14,
        labelLimit=0,
        direction="vertical" if layout.is_narrow else "horizontal",
        symbolStrokeWidth=3,
    )
    told = legend if len(lines) > 1 else None
    colour = alt.Color(
        "line:N", scale=alt.Scale(domain=order, range=[TREATMENT, COMPARISON, INK]), legend=told
    )
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=order, range=list(DASHES.values())), legend=told)
    width = layout.width - 60
    spots: list[Row] = [
        {"x": mark.at, "text": mark.name, "y": highest * (1 - 0.09 * i)} for i, mark in enumerate(marks)
    ]
    middle = (ends[0] + ends[1]) / 2
    left = [spot for spot in spots if spot["x"] <= middle]
    right = [spot for spot in spots if spot["x"] > middle]
    drawn = [
        base(rows).mark_line(strokeWidth=3).encode(x=x, y=y, color=colour, strokeDash=dash),
        base(spots).mark_rule(color=QUIET, strokeWidth=2, strokeDash=[4, 4]).encode(x=x),
        label(left, x, y, 13, dx=6, baseline="top", color=QUIET),
        label(right, x, y, 13, dx=-6, baseline="top", align="right", color=QUIET),
    ]
    return layers([d for d in drawn if d.data.values], width, HEIGHT)
