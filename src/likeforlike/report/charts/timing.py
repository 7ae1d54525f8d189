"""How soon: for each group a step line of the percentage that had had the event by each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from likeforlike.disclosure.release import TimingRow
from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, base, layers
from likeforlike.report.charts.palette import COMPARISON, TREATMENT, Layout

HEIGHT = 260
ROOM = 1.15
"""How far the scale goes beyond the highest percentage."""


@dataclass(frozen=True, slots=True)
class TimingText:
    """The words on the chart."""

    took_part: str
    similar: str
    days: str
    percent: str


def timing_figure(
    name: str, rows: Sequence[TimingRow], text: TimingText, *, headline: str, title: str, alt_text: str
) -> Figure:
    """Both groups from nobody on day 0: a full line with circles, and a dashed one with diamonds."""
    return draw(
        name, headline=headline, title=title, alt=alt_text, chart=lambda layout: _chart(rows, text, layout)
    )


def _chart(rows: Sequence[TimingRow], text: TimingText, layout: Layout) -> alt.LayerChart:
    points: list[Row] = [
        {"day": row.day, "percent": figure, "group": group}
        for row in rows
        for group, figure in ((text.took_part, row.treatment), (text.similar, row.comparison))
    ]
    start: list[Row] = [{"day": 0, "percent": 0, "group": group} for group in (text.took_part, text.similar)]
    highest = max(max(row.treatment, row.comparison) for row in rows)
    ticks = 4 if layout.is_narrow else 7
    x = across("day", [0, rows[-1].day], title=text.days, tickCount=ticks, labelFontSize=13, titleFontSize=13)
    y = alt.Y(
        "percent:Q",
        scale=alt.Scale(domain=[0, min(ROOM * highest, 100)], nice=True),
        axis=alt.Axis(title=text.percent, tickCount=5, labelFontSize=13, titleFontSize=13),
    )
    order = [text.took_part, text.similar]
    legend = alt.Legend(orient="top", title=None, labelFontSize=14, labelLimit=0, symbolStrokeWidth=3)
    colour = alt.Color("group:N", scale=alt.Scale(domain=order, range=[TREATMENT, COMPARISON]), legend=legend)
    dash = alt.StrokeDash("group:N", scale=alt.Scale(domain=order, range=[[1, 0], [7, 4]]), legend=legend)
    shape = alt.Shape("group:N", scale=alt.Scale(domain=order, range=["circle", "diamond"]), legend=legend)
    lines = (
        base([*start, *points])
        .mark_line(interpolate="step-after", strokeWidth=3)
        .encode(x=x, y=y, color=colour, strokeDash=dash)
    )
    marks = base(points).mark_point(filled=True, size=80, opacity=1)
    return layers(
        [lines, marks.encode(x=x, y=y, color=colour, shape=shape)],
        layout.width - 60,
        HEIGHT,
    )
