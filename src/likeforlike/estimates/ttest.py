"""The Justice Data Lab's own statistic: a two-sample t-test on the weighted means, for comparison with its reports.

It counts every comparison person as one however small the weight, and takes the match as given. Use the primary
estimate to decide; use this to see what the Justice Data Lab would have published.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.estimates.difference import NAN, Difference, inference

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A group as a published table gives it: its mean, the variance of its values (n − 1), and how many."""

    mean: float
    variance: float
    people: float

    @classmethod
    def of_rate(cls, rate: float, people: float) -> GroupMean:
        """Of a share from 0 to 1: its values are noughts and ones."""
        return cls(rate, rate * (1 - rate) * _unbiased(people), people)

    @classmethod
    def of_values(cls, values: Floats, weight: Floats | None = None) -> GroupMean:
        """Of people's values, weighted; n counts everyone with weight as one.

        Parameters
        ----------
        values, weight
            (people,); all count 1 without weights.
        """
        weight = np.ones(len(values)) if weight is None else weight
        people = int((weight > 0).sum())
        if people == 0:
            return cls(NAN, NAN, 0)
        mean = float(np.average(values, weights=weight))
        spread = float(np.average((values - mean) ** 2, weights=weight))
        return cls(mean, spread * _unbiased(people), people)


def two_sample_t(treated: GroupMean, comparison: GroupMean) -> Difference:
    """Difference of means by the t-test that does not pool the variances. Welch 1947.

    V = s₁²/n₁ + s₀²/n₀, degrees of freedom V² / ((s₁²/n₁)²/(n₁ − 1) + (s₀²/n₀)²/(n₀ − 1)); the interval is unknown
    where a group has fewer than two people or nobody differs.
    """
    apart = treated.mean - comparison.mean
    parts = [g.variance / g.people if g.people > 1 else NAN for g in (treated, comparison)]
    variance = sum(parts)
    if not variance > 0:
        return Difference(treated.mean, comparison.mean, apart, NAN, NAN, NAN, NAN)
    groups = zip(parts, (treated, comparison), strict=True)
    df = variance**2 / sum(part**2 / (group.people - 1) for part, group in groups)
    return inference(treated.mean, comparison.mean, apart, float(np.sqrt(variance)), df)


def justice_t_test(
    treated: Floats, comparison: Floats, weight: Floats, own_weight: Floats | None = None
) -> Difference:
    """The t-test of matched groups as the Justice Data Lab makes it.

    Parameters
    ----------
    treated
        (participants,) the outcome, rates as 0 and 1.
    comparison, weight
        (pool,) the outcome and the matching weights; those without weight do not count.
    own_weight
        (participants,); all count 1 where it is not given.
    """
    return two_sample_t(GroupMean.of_values(treated, own_weight), GroupMean.of_values(comparison, weight))


def _unbiased(people: float) -> float:
    return people / (people - 1) if people > 1 else NAN
