"""Effective sample size: how many equally weighted people would be as informative."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def effective_size(weight: Floats) -> float:
    """(sum w)² / sum w², zero for no weight at all. Kish 1965.

    Parameters
    ----------
    weight
        (people,), not negative.
    """
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares > 0 else 0.0


def two_largest_share(values: Floats) -> float:
    """Share of the total of absolute values that the two largest hold; zero where there is nothing."""
    sizes = np.sort(np.abs(values))
    total = float(sizes.sum())
    return float(sizes[-2:].sum()) / total if total > 0 else 0.0
