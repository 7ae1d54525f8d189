"""How much effects differ from one programme to the next: the variance between them, tau²."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Floats = NDArray[np.float64]
POINTS = 400
"""Of the grid on which the highest top of the likelihood is looked for."""


def dersimonian_laird(y: Floats, v: Floats) -> float:
    """The moment estimator, (Q − (k − 1)) / (Σw − Σw²/Σw), not below zero; w = 1/v.

    DerSimonian & Laird 1986, Controlled Clinical Trials 7.
    """
    weight = 1 / v
    total = weight.sum()
    q = weight @ (y - weight @ y / total) ** 2
    return max(0.0, float((q - (len(y) - 1)) / (total - (weight**2).sum() / total)))


def reml(y: Floats, v: Floats) -> float:
    """The restricted maximum likelihood estimator, to the last digits.

    The highest point of a fine grid is refined to the root of the score, so that a second, lower top of the
    likelihood is never taken for the highest. Viechtbauer 2005, Journal of Educational and Behavioral Statistics 30.
    """

    def score(t: float) -> float:
        weight, away = _weights_and_distances(y, v, np.array([t]))
        squares = (weight**2).sum()
        return float(-weight.sum() + squares / weight.sum() + (weight**2 * away**2).sum())

    most = float(((y - y.mean()) ** 2).sum()) + float(v.max())
    grid = np.concatenate([[0.0], np.geomspace(1e-6 * float(v.min()), most, POINTS)])
    best = int(np.argmax(restricted_likelihood(y, v, grid)))
    if best == 0 and score(0.0) <= 0:
        return 0.0
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, POINTS)]
    while score(float(high)) > 0:
        high *= 2
    # Where the score has the same sign at both ends, the grid's own point is the top to within its step.
    if score(float(low)) <= 0:
        return float(grid[best])
    return float(brentq(score, low, high, xtol=1e-300, rtol=8.9e-16, maxiter=500))


def restricted_likelihood(y: Floats, v: Floats, tau2: Floats) -> Floats:
    """The logarithm of the restricted likelihood at each tau², as metafor has it.

    Parameters
    ----------
    tau2
        (m,) variances between programmes.

    Returns
    -------
    (m,) values.
    """
    weight, away = _weights_and_distances(y, v, tau2)
    k = len(y)
    constant = (np.log(k) - (k - 1) * np.log(2 * np.pi)) / 2
    found: Floats = constant + 0.5 * (
        np.log(weight).sum(axis=1) - np.log(weight.sum(axis=1)) - (weight * away**2).sum(axis=1)
    )
    return found


def _weights_and_distances(y: Floats, v: Floats, tau2: Floats) -> tuple[Floats, Floats]:
    """(m, k) weights and distances from the weighted mean."""
    weight = 1 / (v + tau2[:, None])
    mean = (weight @ y) / weight.sum(axis=1)
    return weight, y - mean[:, None]
