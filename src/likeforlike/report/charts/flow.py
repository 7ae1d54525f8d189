"""The flow from the list to the analysis as bars."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from likeforlike.report.charts.figure import Figure, draw
from likeforlike.report.charts.marks import Row, across, bars, down, label, layers
from likeforlike.report.charts.palette import INK, TREATMENT, Layout

BAR = 22
GAP = 16


@dataclass(frozen=True, slots=True)
class FlowBar:
    """A step: what happened in words, the people left, and that number as written."""

    text: str
    remaining: int
    written: str


def flow_figure(steps: Sequence[FlowBar], *, headline: str, title: str, alt_text: str) -> Figure:
    """Bars of the people left after each step, with the reason above each."""
    return draw(
        "flow", headline=headline, title=title, alt=alt_text, chart=lambda layout: _chart(steps, layout)
    )


def _chart(steps: Sequence[FlowBar], layout: Layout) -> alt.LayerChart:
    line = layout.size + 4
    rows: list[Row] = []
    top = 0
    for step in steps:
        wrapped = textwrap.wrap(step.text, layout.characters)
        at = top + line * len(wrapped) + 2
        rows.append(
            {
                "text": "\n".join(wrapped),
                "label": top,
                "top": at,
                "bottom": at + BAR,
                "middle": at + BAR / 2,
                "remaining": step.remaining,
                "written": step.written,
                "colour": TREATMENT,
            }
        )
        top = at + BAR + GAP
    domain = [0, max((s.remaining for s in steps), default=1) * (1.3 if layout.is_narrow else 1.12)]
    x = across("remaining", domain)
    numbers = [{**row, "text": row["written"]} for row in rows]
    return layers(
        [
            bars(rows, x, top),
            label(rows, alt.value(0), down("label", top), layout.size, lineHeight=line),
            label(
                numbers,
                x,
                down("middle", top),
                layout.size,
                baseline="middle",
                dx=6,
                fontWeight="bold",
                color=INK,
            ),
        ],
        layout.width,
        top,
    )
