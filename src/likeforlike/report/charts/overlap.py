"""The groups' scores: for each band of the chance to take part, the percentage of each group that is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from likeforlike.disclosure.release import OverlapRow
from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, base, down, label, layers
from likeforlike.report.charts.palette import COMPARISON, QUIET, TREATMENT, Layout

STEP, FIRST, NARROW_STEP, NARROW_FIRST = 30, 14, 44, 32
BAR = 9
"""Half of a bar's height."""
PALE = "#E3E6EA"
ROOM = 1.1
"""How far the scale goes beyond the highest percentage."""


@dataclass(frozen=True, slots=True)
class OverlapText:
    """The words on the chart."""

    took_part: str
    similar: str
    pool: str
    axis: str


def overlap_figure(
    rows: Sequence[OverlapRow],
    names: Sequence[str],
    text: OverlapText,
    *,
    headline: str,
    title: str,
    alt_text: str,
) -> Figure:
    """A row for each band: a bar for everyone else, a circle for those who took part, a diamond for similar people."""

    def chart(layout: Layout) -> alt.LayerChart:
        return _chart(rows, names, text, layout)

    return draw("overlap", headline=headline, title=title, alt=alt_text, chart=chart)


def _chart(
    rows: Sequence[OverlapRow], names: Sequence[str], text: OverlapText, layout: Layout
) -> alt.LayerChart:
    step, first = (NARROW_STEP, NARROW_FIRST) if layout.is_narrow else (STEP, FIRST)
    height = first + step * len(rows)
    bands: list[Row] = [
        {
            "text": name,
            "pool": row.pool,
            "y": first + i * step,
            "top": first + i * step - BAR,
            "bottom": first + i * step + BAR,
            "above": first + i * step - 26,
            "group": text.pool,
        }
        for i, (row, name) in enumerate(zip(rows, names, strict=True))
    ]
    points: list[Row] = [
        {"x": figure, "y": band["y"], "group": group}
        for row, band in zip(rows, bands, strict=True)
        for group, figure in ((text.took_part, row.treatment), (text.similar, row.comparison))
    ]
    highest = max(max(row.treatment, row.comparison, row.pool) for row in rows)
    domain = [0, min(max(ROOM * highest, 1), 100)]
    shown = {"title": text.axis, "orient": "bottom", "labelFontSize": 13, "titleFontSize": 13, "tickCount": 5}
    x, y = across("x", domain, **shown), down("y", height)
    order = [text.took_part, text.similar, text.pool]
    legend = alt.Legend(
        orient="top",
        title=None,
        labelFontSize=14,
        labelLimit=0,
        direction="vertical" if layout.is_narrow else "horizontal",
    )
    shape = alt.Shape(
        "group:N", scale=alt.Scale(domain=order, range=["circle", "diamond", "square"]), legend=legend
    )
    stroke = alt.Stroke(
        "group:N", scale=alt.Scale(domain=order, range=[TREATMENT, COMPARISON, QUIET]), legend=legend
    )
    fill = alt.Fill(
        "group:N", scale=alt.Scale(domain=order, range=[TREATMENT, "transparent", PALE]), legend=legend
    )
    # The diamond goes around the circle where both are at one place.
    size = alt.Size("group:N", scale=alt.Scale(domain=order, range=[60, 360, 140]), legend=legend)
    labels = (
        label(bands, alt.value(0), down("above", height), 14)
        if layout.is_narrow
        else label(bands, alt.value(-12), y, 14, align="right", baseline="middle")
    )
    return layers(
        [
            base(bands)
            .mark_bar(fill=PALE, stroke=QUIET, strokeWidth=1)
            .encode(
                x=across("pool", domain, **shown),
                x2=alt.datum(0),
                y=down("top", height),
                y2=alt.Y2("bottom:Q"),
            ),
            base(points)
            .mark_point(strokeWidth=2, opacity=1)
            .encode(x=x, y=y, shape=shape, stroke=stroke, fill=fill, size=size),
            labels,
        ],
        layout.width if layout.is_narrow else layout.width - 170,
        height,
    )
