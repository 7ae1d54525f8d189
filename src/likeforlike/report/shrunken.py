"""A part's difference and that of the rest, each drawn towards the whole: from released figures alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from likeforlike.disclosure.release import MeasureRow

Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Shrunken:
    """What to expect of a part, as far as it is told apart from the rest; rounded as the measure."""

    estimate: float
    low: float
    high: float


def shrunken(inside: MeasureRow, rest: MeasureRow) -> tuple[Shrunken, Shrunken] | None:
    """Both parts of a sub-group, or nothing where a figure is withheld.

    Two parts differ truly by a variance tau² = max(0, ((a − b)² − (v_a + v_b)) / 2): DerSimonian & Laird's, which for
    two is the restricted maximum likelihood too. Each part is then λ of its own and 1 − λ of the mean of both,
    λ = tau² / (tau² + v) (Raudenbush & Bryk 1985). Where chance explains how the parts differ, both are the whole.
    """
    parts = [_difference_and_variance(row) for row in (inside, rest)]
    if parts[0] is None or parts[1] is None:
        return None
    (a, v_a), (b, v_b) = parts[0], parts[1]
    between = max(0.0, ((a - b) ** 2 - (v_a + v_b)) / 2)
    weights = 1 / (between + v_a), 1 / (between + v_b)
    mean = (weights[0] * a + weights[1] * b) / sum(weights)
    both = [_drawn(y, v, between, mean, 1 / sum(weights), inside.decimals) for y, v in ((a, v_a), (b, v_b))]
    return both[0], both[1]


def _drawn(y: float, v: float, between: float, mean: float, mean_variance: float, decimals: int) -> Shrunken:
    own = between / (between + v)
    estimate = own * y + (1 - own) * mean
    half = Z * sqrt(own * v + (1 - own) ** 2 * mean_variance)
    return Shrunken(*(round(value, decimals) + 0.0 for value in (estimate, estimate - half, estimate + half)))


def _difference_and_variance(row: MeasureRow) -> tuple[float, float] | None:
    low, high = row.conf_low, row.conf_high
    if row.difference is None or low is None or high is None or high <= low:
        return None
    return row.difference, ((high - low) / (2 * Z)) ** 2
