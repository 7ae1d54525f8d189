"""Out of a hundred people: an icon for each, filled for those to whom it happened, for both groups side by side."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, base, down, label, layers
from likeforlike.report.charts.palette import COMPARISON, TREATMENT, Layout

SIDE = 10
"""Icons in a row, and rows."""
NOT_FILLED = "#FFFFFF"
WIDEST = 400
"""Pixels: squares of a hundred icons stay small enough to be taken in at a glance."""


def icons_figure(
    name: str, groups: Sequence[tuple[str, float]], *, headline: str, title: str, alt_text: str
) -> Figure:
    """Two squares of a hundred icons.

    Parameters
    ----------
    groups
        What stands over each square, and its percentage as released; those who took part first.
    """

    def chart(layout: Layout) -> alt.LayerChart:
        width = min(layout.width, WIDEST)
        cell = width / (2 * SIDE + 2)
        top = 2.4 * layout.size + 6
        height = top + SIDE * cell
        icons: list[Row] = []
        heads: list[Row] = []
        for place, ((words, value), colour) in enumerate(zip(groups, (TREATMENT, COMPARISON), strict=True)):
            left = place * (SIDE + 2) * cell
            heads.append({"x": left, "y": 0, "text": words})
            icons += [_icon(i, left, top, cell, colour, filled=i < round(value)) for i in range(SIDE * SIDE)]
        x = across("x", [0, width])
        points = base(icons).mark_point(filled=True, size=(0.72 * cell) ** 2, strokeWidth=1.5, opacity=1)
        drawn = points.encode(
            x=x,
            y=down("y", height),
            fill=alt.Color("fill:N", scale=None),
            stroke=alt.Color("colour:N", scale=None),
        )
        return layers(
            [drawn, label(heads, x, down("y", height), layout.size, fontWeight="bold")], width, height
        )

    return draw(name, headline=headline, title=title, alt=alt_text, chart=chart)


def _icon(i: int, left: float, top: float, cell: float, colour: str, *, filled: bool) -> Row:
    return {
        "x": left + (i % SIDE + 0.5) * cell,
        "y": top + (i // SIDE + 0.5) * cell,
        "colour": colour,
        "fill": colour if filled else NOT_FILLED,
    }
