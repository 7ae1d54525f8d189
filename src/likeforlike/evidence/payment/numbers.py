"""Figures as they were printed: a value, and how far rounding may have moved it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure between the least and the most it can have been before rounding."""

    value: float
    low: float
    high: float

    @classmethod
    def rounded(cls, value: float, decimals: int) -> Printed:
        """A figure printed with so many decimals."""
        half = 0.5 * 10.0**-decimals
        return cls(value, value - half, value + half)

    @classmethod
    def exact(cls, value: float) -> Printed:
        """A figure that nothing was rounded off."""
        return cls(value, value, value)

    def at_least(self, limit: float) -> bool | None:
        """Whether it reaches a limit; `None` where that depends on what was rounded off."""
        if self.low >= limit:
            return True
        return False if self.high < limit else None

    @property
    def rounds(self) -> bool:
        return self.low < self.high


def combined(function: Callable[..., float], *figures: Printed) -> Printed:
    """A function of printed figures that is monotone in each: its value, and its bounds at the corners."""
    corners = [function(*corner) for corner in product(*((f.low, f.high) for f in figures))]
    value = function(*(f.value for f in figures))
    return Printed(value, min(value, *corners), max(value, *corners))
