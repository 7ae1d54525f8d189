"""What estimates look like where there is no effect, and p-values held against that. Schuemie et al. 2014.

Estimates of negative controls are taken as b ~ N(μ, σ² + se²): μ is the bias they share, σ what it varies by.
Statistics in Medicine 33(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import ndtr

Floats = NDArray[np.float64]
FEWEST = 20
"""Controls below which a null says more of chance than of bias."""


@dataclass(frozen=True, slots=True)
class EmpiricalNull:
    """Bias that estimates have where there is no effect."""

    mean: float
    sd: float

    def calibrated_p(self, estimate: float, std_error: float) -> float:
        """2 Φ(−|b − μ| / sqrt(σ² + se²))."""
        return float(2 * ndtr(-abs(estimate - self.mean) / np.hypot(self.sd, std_error)))


def fit_null(estimates: Floats, std_errors: Floats) -> EmpiricalNull:
    """The null that makes the controls' estimates most likely.

    Parameters
    ----------
    estimates, std_errors
        (controls,), on one scale; errors above zero.

    Raises
    ------
    ValueError
        There are fewer than two controls.
    """
    if len(estimates) < 2:
        raise ValueError("a null needs at least two controls")

    def mean_at(variance: float) -> float:
        return float(np.average(estimates, weights=1 / (variance + std_errors**2)))

    def unlikely(sd: float) -> float:
        total = sd**2 + std_errors**2
        return float(0.5 * (np.log(total) + (estimates - mean_at(sd**2)) ** 2 / total).sum())

    widest = float(np.ptp(estimates)) + 1e-300
    # a grid first: with unlike errors the likelihood may have more than one hill
    grid = np.linspace(0.0, widest, 65)
    best = int(np.argmin([unlikely(float(sd)) for sd in grid]))
    ends = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, 64)]))
    found = minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-9 * widest})
    sd = float(found.x) if unlikely(float(found.x)) < unlikely(0.0) else 0.0
    return EmpiricalNull(mean_at(sd**2), sd)
