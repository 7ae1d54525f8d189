"""The love plot: how far apart the groups are on each characteristic, before and after matching."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from likeforlike.disclosure.release import BalanceRow
from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, base, down, label, layers
from likeforlike.report.charts.palette import COMPARISON, LINE, QUIET, TREATMENT, Layout


@dataclass(frozen=True, slots=True)
class Apart:
    """A characteristic and its largest absolute SMD over its levels, before and after matching."""

    label: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class BalanceText:
    """The words on the chart."""

    before: str
    after: str
    axis: str


def furthest_apart(rows: Sequence[BalanceRow]) -> tuple[Apart, ...]:
    """Each characteristic's largest absolute SMD; levels that may not be shown are left out."""
    found: dict[str, Apart] = {}
    for row in rows:
        if row.smd_before is None or row.smd_after is None:
            continue
        known = found.get(row.covariate, Apart(row.label, 0.0, 0.0))
        before, after = max(known.before, abs(row.smd_before)), max(known.after, abs(row.smd_after))
        found[row.covariate] = Apart(row.label, before, after)
    return tuple(sorted(found.values(), key=lambda a: (-a.before, a.label)))


def balance_figure(
    rows: Sequence[Apart],
    thresholds: tuple[float, float],
    text: BalanceText,
    *,
    headline: str,
    title: str,
    alt_text: str,
) -> Figure:
    """Absolute SMDs before (open diamonds) and after (filled circles), with the limits of the lights."""

    def chart(layout: Layout) -> alt.LayerChart:
        return _chart(rows, thresholds, text, layout)

    return draw("balance", headline=headline, title=title, alt=alt_text, chart=chart)


def axis_ticks(largest: float, thresholds: tuple[float, float]) -> list[float]:
    """At most about six round values, up to just beyond the largest."""
    reach = max(largest, thresholds[1] * 1.5)
    step = next(s for s in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100) if reach / s <= 6)
    return [round(i * step, 2) for i in range(math.ceil(round(reach / step, 6)) + 1)]


def _chart(
    rows: Sequence[Apart], thresholds: tuple[float, float], text: BalanceText, layout: Layout
) -> alt.LayerChart:
    step, first = (44, 30) if layout.is_narrow else (26, 12)
    height = first + step * len(rows)
    ticks = axis_ticks(max((max(r.before, r.after) for r in rows), default=0), thresholds)
    data: list[Row] = [
        {"text": r.label, "before": r.before, "after": r.after, "y": first + i * step, "label": i * step + 4}
        for i, r in enumerate(rows)
    ]
    domain = [0, ticks[-1]]
    axis = {"values": ticks, "title": text.axis, "orient": "bottom", "labelFontSize": 13, "titleFontSize": 13}
    x = across("x", domain, **axis)
    y = down("y", height)
    segment = (step - 12) / 2 if layout.is_narrow else step / 2
    points = [{"x": row[when], "y": row["y"], "when": name} for row in data for when, name in _when(text)]
    limits = [
        {
            "x": limit,
            "y": row["y"] - segment / 2 - 4 if layout.is_narrow else row["y"] - segment,
            "end": row["y"] + segment,
        }
        for limit in thresholds
        for row in data
    ]
    names = (
        label(data, alt.value(0), down("label", height), 14)
        if layout.is_narrow
        else label(data, alt.value(-12), y, 14, align="right", baseline="middle")
    )
    order = [name for _, name in _when(text)]
    return layers(
        [
            base(limits).mark_rule(color=QUIET, strokeDash=[3, 3]).encode(x=x, y=y, y2=alt.Y2("end:Q")),
            base(data)
            .mark_rule(color=LINE, strokeWidth=2)
            .encode(x=across("before", domain, **axis), x2=alt.X2("after:Q"), y=y),
            base(points)
            .mark_point(size=90, strokeWidth=2, opacity=1)
            .encode(
                x=x,
                y=y,
                shape=alt.Shape(
                    "when:N", scale=alt.Scale(domain=order, range=["diamond", "circle"]), legend=_legend()
                ),
                stroke=alt.Stroke(
                    "when:N", scale=alt.Scale(domain=order, range=[COMPARISON, TREATMENT]), legend=_legend()
                ),
                fill=alt.Fill(
                    "when:N", scale=alt.Scale(domain=order, range=["#FFFFFF", TREATMENT]), legend=_legend()
                ),
            ),
            names,
        ],
        layout.width if layout.is_narrow else layout.width - 270,
        height,
    )


def _when(text: BalanceText) -> list[tuple[str, str]]:
    return [("before", text.before), ("after", text.after)]


def _legend() -> alt.Legend:
    return alt.Legend(orient="top", title=None, labelFontSize=14, direction="horizontal")
