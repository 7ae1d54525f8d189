"""What a measure's figures allow us to say: its certainty, direction and whom it favours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from likeforlike.disclosure.release import MeasureRow

Certainty = Literal["certain", "too_few", "several", "looks", "undetermined", "withheld"]
UNCLAIMED = ("too_few", "several", "looks")
"""Intervals that exclude zero and are no claim."""
Direction = Literal["lower", "higher", "undetermined"]
Favours = Literal["better", "worse", "neither"]

SIGNIFICANCE_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures of a measure that may all be shown, in its unit."""

    treatment: float
    comparison: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A measure and what may be claimed from it; `shown` is `None` when a figure is withheld."""

    row: MeasureRow
    shown: Shown | None
    certainty: Certainty
    direction: Direction

    @property
    def favours(self) -> Favours:
        if self.certainty != "certain":
            return "neither"
        return "better" if self.direction == self.row.better else "worse"

    @property
    def relative(self) -> tuple[int, int] | None:
        """The interval in percent of the comparison group's figure, where it may be said and says something."""
        low, high = self.row.relative_low, self.row.relative_high
        if low is None or high is None or low == high == 0 or self.certainty in (*UNCLAIMED, "withheld"):
            return None
        return low, high

    @property
    def rounded_to_zero(self) -> bool:
        """Whether an end of a significant interval is shown as zero only because of rounding."""
        return (
            self.certainty == "certain" and self.shown is not None and 0 in (self.shown.low, self.shown.high)
        )

    @property
    def rounding_shows(self) -> bool:
        """Whether the two figures as shown differ by something else than the difference as shown."""
        if self.shown is None:
            return False
        gap = self.shown.treatment - self.shown.comparison
        return round(abs(gap - self.shown.difference), self.row.decimals) > 0

    def within(self, margin: float | None) -> bool:
        """Whether the whole interval lies nearer to zero than a difference that would matter.

        The figures are rounded, so half a step is added to either end: the interval before rounding is inside too.
        """
        if margin is None or self.shown is None or self.certainty in UNCLAIMED:
            return False
        step = 10.0**-self.row.decimals
        return max(abs(self.shown.low), abs(self.shown.high)) + step / 2 <= margin * (1 + 1e-9)

    def beyond(self, margin: float) -> bool:
        """Whether the whole interval lies on one side of zero and at or beyond a difference that would matter."""
        if self.shown is None or self.certainty != "certain":
            return False
        step = 10.0**-self.row.decimals
        nearest = min(abs(self.shown.low), abs(self.shown.high))
        return self.shown.low * self.shown.high > 0 and nearest - step / 2 >= margin * (1 - 1e-9)

    def equivalent(self, margin: float | None) -> bool:
        """Whether the groups differ by nothing that would matter, nor surely by anything at all."""
        return self.certainty == "undetermined" and self.within(margin)


def find(row: MeasureRow) -> Finding:
    """Decide what a measure's interval allows.

    A direction is claimed only if the release calls the measure significant *and* its own p-value, interval
    and direction agree. An interval that excludes zero without significance has too few people behind it, is one of
    several that were looked at, or was looked at several times.
    """
    shown = _shown(row)
    if shown is None:
        return Finding(row, None, "withheld", "undetermined")
    side = _side(shown)
    p_allows = row.p_value is None or row.p_value <= SIGNIFICANCE_LEVEL
    if row.significant and p_allows and side == row.direction and side != "undetermined":
        return Finding(row, shown, "certain", side)
    excludes_zero = shown.low > 0 or shown.high < 0
    return Finding(row, shown, (row.doubt or "too_few") if excludes_zero else "undetermined", "undetermined")


def _shown(row: MeasureRow) -> Shown | None:
    figures = (row.treatment, row.comparison, row.difference, row.conf_low, row.conf_high)
    if any(figure is None for figure in figures):
        return None
    return Shown(*(figure for figure in figures if figure is not None))


def _side(shown: Shown) -> Direction:
    if shown.low < 0 and shown.high <= 0:
        return "lower"
    if shown.low >= 0 and shown.high > 0:
        return "higher"
    return "undetermined"
