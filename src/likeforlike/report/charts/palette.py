"""Colours, type and sizes of the charts: the Analysis Function's pair for two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TREATMENT = "#12436D"
COMPARISON = "#F46A25"
INK = "#1A1F26"
QUIET = "#50575F"
LINE = "#AEB6BF"
FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Layout:
    """A chart's width in pixels, and how many characters of text fit beside each other."""

    width: int
    characters: int
    size: int = 14

    @property
    def is_narrow(self) -> bool:
        return self.width < 400


WIDE = Layout(width=640, characters=88, size=15)
NARROW = Layout(width=288, characters=38)


def config() -> dict[str, Any]:
    """Altair configuration that all charts share."""
    return {
        "font": FONT,
        "background": "#FFFFFF",
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": "#E3E6EA",
            "domain": False,
            "ticks": False,
        },
        "legend": {"labelColor": INK, "title": None, "symbolSize": 110},
        "text": {"color": INK},
    }
