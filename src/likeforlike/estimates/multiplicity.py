"""P-values of several results at once, so that the best of many is not taken for the only one.

Unknown p-values (NaN) stay unknown and are not counted among the tests.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def holm(p_values: ArrayLike) -> Floats:
    """Adjusted so that the chance of even one false claim stays at its level. Holm 1979.

    The k-th smallest of m is multiplied by m − k + 1, never below the one before it, at most 1.

    Parameters
    ----------
    p_values
        (tests,) from 0 to 1, or NaN.

    Raises
    ------
    ValueError
        A p-value is not between 0 and 1.
    """
    p, order = _known(p_values)
    tests = len(order)
    steps = p[order] * np.arange(tests, 0, -1)
    return _placed(p, order, np.maximum.accumulate(steps))


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjusted so that of the claims made, the share that is false stays at its level. Benjamini and Hochberg 1995.

    The k-th smallest of m is multiplied by m / k, never above the one after it. Parameters and errors as for `holm`.
    """
    p, order = _known(p_values)
    tests = len(order)
    # As 1 + (m − k)/k, so that the largest is not moved by rounding.
    steps = p[order] * (1 + np.arange(tests - 1, -1, -1) / np.arange(1, tests + 1))
    return _placed(p, order, np.minimum.accumulate(steps[::-1])[::-1])


def _known(p_values: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    p = np.asarray(p_values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(p))
    if ((p[known] < 0) | (p[known] > 1)).any():
        raise ValueError("A p-value lies between 0 and 1.")
    return p, known[np.argsort(p[known], kind="stable")]


def _placed(p: Floats, order: NDArray[np.intp], adjusted: Floats) -> Floats:
    found = np.full(p.shape, np.nan)
    found[order] = np.minimum(adjusted, 1.0)
    return found
