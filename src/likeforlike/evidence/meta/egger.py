"""Whether small studies say something else than large ones: Egger's regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

Floats = NDArray[np.float64]
FEWEST = 10
"""Results below which the test has too little power to be worth a sentence: Sterne et al. 2011, BMJ 343."""


@dataclass(frozen=True, slots=True)
class Egger:
    """The slope of the estimate on its standard error, and what the line says of a result without error."""

    slope: float
    statistic: float
    degrees: int
    p_value: float
    limit: float


def egger(y: Floats, v: Floats) -> Egger | None:
    """Least squares of y on sqrt(v), weighted by 1/v; t with k − 2 degrees of freedom.

    `None` where there are fewer than three results or all are equally precise. Egger et al. 1997, BMJ 315.
    """
    error = np.sqrt(v)
    degrees = len(y) - 2
    if degrees < 1 or np.ptp(error) <= 1e-9 * error.max():
        return None
    # Divided by the standard error, the slope is the constant and the limit goes with 1/error.
    design = np.column_stack([np.ones(len(y)), 1 / error])
    inverse = np.linalg.inv(design.T @ design)
    slope, limit = inverse @ design.T @ (y / error)
    residual = y / error - design @ [slope, limit]
    spread = float(residual @ residual) / degrees
    if spread == 0:
        return None
    statistic = float(slope / np.sqrt(spread * inverse[0, 0]))
    return Egger(float(slope), statistic, degrees, float(2 * stdtr(degrees, -abs(statistic))), float(limit))
