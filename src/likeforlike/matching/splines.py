"""Natural cubic splines: smooth between the knots, straight beyond. Harrell 2015, Regression Modeling Strategies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OUTER = {3: 0.10, 4: 0.05, 5: 0.05, 6: 0.05, 7: 0.025}
"""Share of people beyond the outermost knots, by the number of knots (Harrell's table 2.3)."""


def spline_knots(values: Floats, count: int) -> Floats | None:
    """Knots at even quantiles between Harrell's outer ones; none where ties leave fewer than three."""
    outer = OUTER[count]
    knots = np.unique(np.quantile(values, np.linspace(outer, 1 - outer, count)))
    return knots if len(knots) >= 3 else None


def natural_spline(values: Floats, knots: Floats, out: Floats) -> None:
    """Write the basis into `out`, shape (units, knots − 1): the value itself, then the curved terms.

    Term j is ((x − t_j)₊³ − (x − t_{k−1})₊³ (t_k − t_j)/(t_k − t_{k−1}) + (x − t_k)₊³ (t_{k−1} − t_j)/(t_k − t_{k−1}))
    over (t_k − t_1)².
    """
    last, before = knots[-1], knots[-2]
    cubes = [np.maximum(values - knot, 0.0) ** 3 for knot in knots]
    span = (last - knots[0]) ** 2
    out[:, 0] = values
    for j, knot in enumerate(knots[:-2]):
        right = cubes[-2] * (last - knot) - cubes[-1] * (before - knot)
        out[:, j + 1] = (cubes[j] - right / (last - before)) / span
