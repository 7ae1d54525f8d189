"""Many possible worlds: each input drawn from its range, always the same draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.evidence.meta.pool import critical

Floats = NDArray[np.float64]
DRAWS = 200_000
SEED = 20130401
LOWER, UPPER = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Span:
    """A range that holds 95% of the possible worlds, and its middle; ends may be infinite."""

    low: float
    middle: float
    high: float


class Worlds:
    """Draws with a fixed seed, so that the same input gives the same ranges."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(SEED)

    def triangular(self, low: float, middle: float, high: float) -> Floats:
        """(DRAWS,) amounts between their ends, likeliest in the middle."""
        if low == high:
            return np.full(DRAWS, middle)
        return self._random.triangular(low, middle, high, DRAWS)

    def normal(self, estimate: float, low: float, high: float) -> Floats:
        """(DRAWS,) effects as a 95% interval tells of them."""
        return self._random.normal(estimate, (high - low) / (2 * critical(np.inf)), DRAWS)


def span(values: Floats) -> Span:
    """The range of draws; by order statistics, so that some may be infinite."""
    low, middle, high = np.quantile(values, [LOWER, 0.5, UPPER], method="nearest")
    return Span(float(low), float(middle), float(high))
