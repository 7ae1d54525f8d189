"""The marks that charts are made of, placed by hand in pixels so that labels have room at any width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from likeforlike.report.charts.palette import INK

Row = dict[str, Any]


def across(field: str, domain: Sequence[float], **axis: Any) -> alt.X:
    """A horizontal position on a scale that ends exactly where it is told."""
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=alt.Axis(**axis) if axis else None)


def down(field: str, height: float) -> alt.Y:
    """A vertical position in pixels from the top."""
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def base(rows: Sequence[Row]) -> alt.Chart:
    """A chart over protected rows."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def label(rows: Sequence[Row], x: alt.X | Any, y: alt.Y, size: int, **mark: Any) -> alt.Chart:
    """Text from the field `text`; line breaks are kept."""
    options = {"align": "left", "baseline": "top", "lineBreak": "\n", "color": INK} | mark
    chart: alt.Chart = (
        base(rows).mark_text(fontSize=size, **options).encode(x=x, y=y, text=alt.Text("text:N"))
    )
    return chart


def bars(rows: Sequence[Row], x: alt.X, height: float) -> alt.Chart:
    """Bars from zero; each row has its `top`, `bottom` and `colour`."""
    chart: alt.Chart = (
        base(rows)
        .mark_bar()
        .encode(
            x=x,
            x2=alt.datum(0),
            y=down("top", height),
            y2=alt.Y2("bottom:Q"),
            color=alt.Color("colour:N", scale=None),
        )
    )
    return chart


def layers(charts: Sequence[alt.Chart], width: float, height: float) -> alt.LayerChart:
    """Marks over each other in one frame."""
    return alt.LayerChart(layer=list(charts), width=width, height=height)
