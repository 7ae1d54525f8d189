"""Primary rules: which cells may not be shown by themselves.

Thresholds and dominance as in Hundepohl et al., *Handbook on Statistical Disclosure Control* (2nd ed.), chapters 4
and 5. Contributions are people's, in any order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


def too_few(counts: ArrayLike, threshold: int, *, zeros: bool = False) -> NDArray[np.bool_]:
    """Cells of fewer people than the threshold; empty cells only if `zeros` are telling too."""
    values = np.asarray(counts)
    if values.dtype.kind not in "iu" or (values < 0).any():
        raise ValueError("Counts must be whole numbers, not below zero.")
    small: NDArray[np.bool_] = (values < threshold) & ((values > 0) | zeros)
    return small


def dominated(contributions: ArrayLike, largest: int = 2, share: float = 0.9) -> bool:
    """The (n, k) rule: whether the largest few contributions are more than a share of the total."""
    parts = _parts(contributions)
    return bool(parts[:largest].sum() > share * parts.sum())


def closely_estimated(contributions: ArrayLike, percent: float = 10, coalition: int = 1) -> bool:
    """The p% rule: whether the next largest contributors could work out the largest to within p percent.

    Parameters
    ----------
    coalition
        How many of the other contributors put together what they know.
    """
    parts = _parts(contributions)
    rest = parts[1 + coalition :].sum()
    return bool(rest < percent / 100 * parts[:1].sum())


def closely_estimated_by_prior(contributions: ArrayLike, percent: float, prior: float) -> bool:
    """The (p, q) rule: the same where anybody can guess each contribution to within q percent beforehand."""
    if not percent < prior:
        raise ValueError("The prior percentage must be above the other.")
    parts = _parts(contributions)
    return bool(parts[2:].sum() < percent / prior * parts[:1].sum())


def group_disclosed(row: ArrayLike, threshold: int) -> bool:
    """Whether a row of counts tells something about nearly all of its people: at most a few are not in one category.

    With nobody elsewhere, everybody is known to be there; with one, that one knows it of all the others.
    """
    counts = np.asarray(row)
    total = int(counts.sum())
    return total > 0 and total - int(counts.max()) < threshold


def _parts(contributions: ArrayLike) -> NDArray[np.float64]:
    parts = np.sort(np.asarray(contributions, dtype=np.float64))[::-1]
    if len(parts) and parts[-1] < 0:
        raise ValueError("Dominance is not defined for contributions below zero: somebody must look.")
    return parts
