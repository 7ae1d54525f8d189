"""One measure: both groups as bars, and below them the difference with its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt

from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, bars, base, down, label, layers
from likeforlike.report.charts.palette import COMPARISON, INK, LINE, QUIET, TREATMENT, Layout
from likeforlike.report.findings import Shown

BAR = 30
TRACK = 108


@dataclass(frozen=True, slots=True)
class MeasureText:
    """The words on the chart, and how its numbers are written."""

    took_part: str
    similar: str
    lower: str
    higher: str
    zero: str
    group: Callable[[float], str]
    change: Callable[[float], str]


def measure_figure(
    name: str, shown: Shown, text: MeasureText, *, headline: str, title: str, alt_text: str
) -> Figure:
    """Both groups and their difference with its 95% interval and the line of no difference."""

    def chart(layout: Layout) -> alt.VConcatChart:
        return alt.vconcat(_groups(shown, text, layout), _difference(shown, text, layout), spacing=20)

    return draw(name, headline=headline, title=title, alt=alt_text, chart=chart)


def _groups(shown: Shown, text: MeasureText, layout: Layout) -> alt.LayerChart:
    line = layout.size + 6
    rows: list[Row] = []
    for i, (who, value, colour) in enumerate(
        [(text.took_part, shown.treatment, TREATMENT), (text.similar, shown.comparison, COMPARISON)]
    ):
        top = i * (line + BAR + 10)
        at = top + line
        rows.append(
            {
                "text": who,
                "label": top,
                "top": at,
                "bottom": at + BAR,
                "middle": at + BAR / 2,
                "value": value,
                "written": text.group(value),
                "colour": colour,
            }
        )
    height = 2 * (line + BAR + 10)
    x = across(
        "value", [0, (max(shown.treatment, shown.comparison) or 1) * (1.45 if layout.is_narrow else 1.2)]
    )
    numbers = [{**row, "text": row["written"]} for row in rows]
    return layers(
        [
            bars(rows, x, height),
            label(rows, alt.value(0), down("label", height), layout.size),
            label(
                numbers,
                x,
                down("middle", height),
                layout.size + 3,
                baseline="middle",
                dx=8,
                fontWeight="bold",
            ),
        ],
        layout.width,
        height,
    )


def _difference(shown: Shown, text: MeasureText, layout: Layout) -> alt.LayerChart:
    reach = max(abs(shown.low), abs(shown.high), abs(shown.difference)) or 1.0
    domain = [-1.45 * reach, 1.45 * reach] if layout.is_narrow else [-1.3 * reach, 1.3 * reach]
    x = across("x", domain)
    y = down("y", TRACK)
    size = layout.size
    middle = 62
    span = [{"x": shown.low, "end": shown.high, "y": middle}]
    point = [{"x": shown.difference, "y": middle, "text": text.change(shown.difference)}]
    low = [{"x": shown.low, "y": middle, "text": text.change(shown.low)}]
    high = [{"x": shown.high, "y": middle, "text": text.change(shown.high)}]
    zero = [{"x": 0, "y": 24, "end": TRACK - 22}]
    diamond = base(point).mark_point(filled=True, size=170, shape="diamond", color=INK, opacity=1)
    above = {"color": QUIET, "baseline": "top"}
    left, right = [{"y": 0, "text": text.lower}], [{"y": 0, "text": text.higher}]
    at_zero = [{"x": 0, "y": TRACK, "text": text.zero}]
    return layers(
        [
            base(zero)
            .mark_rule(color=LINE, strokeWidth=2, strokeDash=[5, 4])
            .encode(x=x, y=y, y2=alt.Y2("end:Q")),
            base(span).mark_rule(color=INK, strokeWidth=4).encode(x=x, x2=alt.X2("end:Q"), y=y),
            diamond.encode(x=x, y=y),
            label(low, x, y, size, align="right", dx=-9, baseline="middle"),
            label(high, x, y, size, align="left", dx=9, baseline="middle"),
            label(point, x, y, size + 2, align="center", dy=-12, baseline="bottom", fontWeight="bold"),
            label(left, alt.value(0), y, size, **above),
            label(right, alt.value(layout.width), y, size, align="right", **above),
            label(at_zero, x, y, size, align="center", baseline="bottom", color=QUIET),
        ],
        layout.width,
        TRACK,
    )
