"""A chart as the report holds it: it cannot be made without a text alternative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import altair
import vl_convert
from altair.utils.schemapi import debug_mode

from likeforlike.report.charts.palette import NARROW, WIDE, Layout, config

Chart = altair.LayerChart | altair.VConcatChart
VEGA_LITE = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn chart: a headline title, a statistical title, a text alternative and SVG for two widths."""

    name: str
    headline: str
    title: str
    alt: str
    wide: str
    narrow: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"the chart {self.name!r} needs a text alternative")


def draw(name: str, *, headline: str, title: str, alt: str, chart: Callable[[Layout], Chart]) -> Figure:
    """Draw a chart from protected figures only, once for a page and once for a phone.

    Parameters
    ----------
    chart
        Gives the chart for a layout; its data must be figures of a release.
    """
    # Checking every chart against its schema takes seconds, so a test does it instead.
    with debug_mode(False):
        wide, narrow = (_svg(chart(layout), title, alt) for layout in (WIDE, NARROW))
    return Figure(name, headline, title, alt, wide, narrow)


def _svg(chart: Chart, title: str, text: str) -> str:
    spec = chart.configure(**config()).to_dict(validate=False)
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    start = svg.index(">") + 1
    described = f"<title>{escape(title)}</title><desc>{escape(text)}</desc>"
    return f'{svg[: start - 1]} role="img" lang="en-GB">{described}{svg[start:]}'
