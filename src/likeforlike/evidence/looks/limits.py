"""Limits for several looks that keep the chance of any false claim at its level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from likeforlike.evidence.looks.exits import Walk, exit_chances

Floats = NDArray[np.float64]
Shape = Literal["obrien_fleming", "pocock"]
ALPHA = 0.05
FARTHEST = 40.0
"""A z-value beyond any that is of use."""


def equal_looks(looks: int, shape: Shape, alpha: float = ALPHA) -> Floats:
    """Two-sided limits (z-values) for equally spaced looks.

    Pocock 1977, Biometrika 64: the same limit at each. O'Brien & Fleming 1979, Biometrics 35: the limit falls as
    1/√(share of all information).

    Raises
    ------
    ValueError
        There is no look, or the level is not between 0 and 1.
    """
    if looks < 1 or not 0 < alpha < 1:
        raise ValueError(f"There must be a look and a level between 0 and 1, not {looks} and {alpha}.")
    times = np.arange(1, looks + 1) / looks
    form = np.ones(looks) if shape == "pocock" else times**-0.5
    factor = brentq(lambda c: exit_chances(c * form, times).sum() - alpha, 0.01, 10.0, xtol=1e-13)
    return np.asarray(factor * form)


def spent(share: float, shape: Shape, alpha: float = ALPHA) -> float:
    """How much of the level may be used up at a share of all information.

    Lan & DeMets 1983, Biometrika 70: for each side with a = α/2, 2 − 2Φ(z₁₋a/₂/√t), or a ln(1 + (e − 1)t).
    """
    if share <= 0:
        return 0.0
    side, t = alpha / 2, min(share, 1.0)
    if shape == "pocock":
        return float(2 * side * np.log1p((np.e - 1) * t))
    return float(4 * ndtr(ndtri(side / 2) / np.sqrt(t)))


def spending_limits(shares: Sequence[float], shape: Shape, alpha: float = ALPHA) -> Floats:
    """Two-sided limits (z-values) for looks at any shares of all information, in their order.

    Raises
    ------
    ValueError
        The shares do not rise between 0 and 1.
    """
    if not shares or shares[0] <= 0 or shares[-1] > 1 or any(np.diff(shares) <= 0):
        raise ValueError("Shares of information must rise, above 0 and up to 1.")
    walk, found, before = Walk(), [], 0.0
    for share in shares:
        allowed = spent(share, shape, alpha) - before
        found.append(_limit(lambda z, at=share: walk.exit_chance(z, at), allowed))  # type: ignore[misc]
        walk.go_on(found[-1], share)
        before += allowed
    return np.array(found)


def _limit(chance: Callable[[float], float], allowed: float) -> float:
    """The z-value beyond which the chance is what is allowed; the farthest where even that is more."""
    if chance(FARTHEST) >= allowed:
        return FARTHEST
    return float(brentq(lambda z: chance(z) - allowed, 0.0, FARTHEST, xtol=1e-13))
