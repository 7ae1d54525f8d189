"""Differences in words: how large, which way, and from where to where."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.evidence.pages.text import Text
from likeforlike.report.numbers import fixed


@dataclass(frozen=True, slots=True)
class Amounts:
    """Says differences in a unit, with so many decimals."""

    text: Text
    unit: str
    decimals: int

    def change(self, value: float) -> str:
        """`6.3 percentage points lower`."""
        if self._rounded(value) == 0:
            return self.text("no_difference")
        return self.text(self._way(value), size=fixed(abs(value), self.decimals), unit=self.unit)

    def span(self, low: float, high: float) -> str:
        """`between 1.2 and 9.8 percentage points lower`, or from one side to the other."""
        if self._rounded(low) * self._rounded(high) > 0:
            near, far = sorted((abs(low), abs(high)))
            return self.text(
                f"between_{self._way(low)}",
                near=fixed(near, self.decimals),
                far=fixed(far, self.decimals),
                unit=self.unit,
            )
        return self.text("from_to", low=self.change(low), high=self.change(high))

    def signed(self, value: float) -> str:
        """`−6.3`."""
        return fixed(value, self.decimals)

    def interval(self, low: float, high: float) -> str:
        """`−9.8 to −1.2`."""
        return self.text("to", low=self.signed(low), high=self.signed(high))

    def _rounded(self, value: float) -> float:
        return round(value, self.decimals)

    @staticmethod
    def _way(value: float) -> str:
        return "lower" if value < 0 else "higher"
