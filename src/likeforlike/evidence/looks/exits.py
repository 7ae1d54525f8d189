"""The chance to cross two-sided limits at each of several looks at a growing sample, if there is no effect."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(160)
"""Of Gauss and Legendre, on the values at which a look goes on."""


class Walk:
    """A standard Brownian motion that is looked at again and again, and stops beyond a limit.

    After each look it holds the density of the sum over the values at which it went on, at the nodes: the recursion of
    Armitage, McPherson & Rowe 1969, Journal of the Royal Statistical Society A 132.
    """

    def __init__(self) -> None:
        self._at, self._mass, self._time = np.zeros(1), np.ones(1), 0.0

    def exit_chance(self, limit: float, time: float) -> float:
        """The chance to be beyond ±limit (a z-value) at a time, not having been before."""
        step, edge = np.sqrt(time - self._time), limit * np.sqrt(time)
        beyond = ndtr((self._at - edge) / step) + ndtr((-edge - self._at) / step)
        return float(self._mass @ beyond)

    def go_on(self, limit: float, time: float) -> None:
        """Look at a time, and go on within ±limit."""
        step, edge = np.sqrt(time - self._time), limit * np.sqrt(time)
        nodes = edge * NODES
        away = (nodes[:, None] - self._at) / step
        density = np.exp(-0.5 * away**2) @ self._mass / (step * np.sqrt(2 * np.pi))
        self._at, self._mass, self._time = nodes, density * edge * WEIGHTS, time


def exit_chances(limits: Sequence[float] | Floats, times: Sequence[float] | Floats) -> Floats:
    """The chance of a false claim at each look, not having made one before.

    Parameters
    ----------
    limits
        (k,) z-values, two-sided.
    times
        (k,) rising information, in any unit.
    """
    walk, found = Walk(), []
    for limit, time in zip(limits, times, strict=True):
        found.append(walk.exit_chance(limit, time))
        walk.go_on(limit, time)
    return np.array(found)
