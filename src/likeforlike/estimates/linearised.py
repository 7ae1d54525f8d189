"""An estimate as a sum over people: how far it is from the truth is, nearly, the sum of one term for each.

Every estimator that can be written so shares its standard errors: plain, by cluster and by wild bootstrap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.estimates.difference import Difference, inference
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """One group's part: `terms` (people,) and `share` (people,), each person's part of the group's weight."""

    terms: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class Linearised:
    """Treatment minus comparison, on the measure's own scale, with the terms of both groups."""

    mean_treated: float
    mean_comparison: float
    treated: Group
    pool: Group

    @property
    def estimate(self) -> float:
        return self.mean_treated - self.mean_comparison

    @property
    def terms(self) -> Floats:
        """Both groups' terms, participants first."""
        return np.concatenate([self.treated.terms, self.pool.terms])

    @property
    def variance(self) -> float:
        """Sum of squares, where people are independent of each other."""
        return float((self.treated.terms**2).sum() + (self.pool.terms**2).sum())

    @property
    def degrees(self) -> float:
        """One less than the smaller of the two effective groups."""
        return min(effective_size(self.treated.share), effective_size(self.pool.share)) - 1

    def difference(self) -> Difference:
        """Interval and p-value by t, people independent."""
        return self.with_variance(self.variance, self.degrees)

    def with_variance(self, variance: float, degrees: float) -> Difference:
        """Interval and p-value by t for a variance worked out elsewhere."""
        error = float(np.sqrt(variance))
        return inference(self.mean_treated, self.mean_comparison, self.estimate, error, degrees)


def own_mean_taken_off(weight: Floats) -> float:
    """By how much squared distances from a group's own mean are too small: n / (n − 1), n its effective size."""
    size = effective_size(weight)
    return size / (size - 1) if size > 1 else 1.0


def matched_terms(
    treated: Floats,
    alike: Floats,
    residual: Floats,
    weight: Floats,
    *,
    own_weight: Floats | None = None,
    mean_treated: float | None = None,
    inflation: float = 1.0,
) -> Linearised:
    """Effect on the matched participants with the linearised variance of matching.

    V = [g sum_i a_i² (y_i − ȳ_i − effect)² + f sum_j w_j² e_j²] / m², where m = sum_i a_i = sum_j w_j, ȳ_i is the
    mean of the people alike and e_j how far a comparison person is from those alike: a participant's term is
    √g a_i (y_i − ȳ_i − effect) / m, a comparison person's −√f w_j e_j / m; g = n / (n − 1) of n effective
    participants, whose own mean is taken off. The linearisation of Otsu & Rai 2017; Hill & Reiter 2006 compare
    intervals after matching.

    Parameters
    ----------
    treated, alike
        (m,) outcome of each participant, and the mean outcome of those alike to them.
    residual, weight
        (n,) e and w of each comparison person.
    own_weight
        (m,) a of each participant; 1 if not told.
    mean_treated
        Mean outcome of the participants, where `treated` holds distances from a prognosis.
    inflation
        f, for residuals of a fitted prognosis.
    """
    own = np.ones(len(treated)) if own_weight is None else own_weight
    m = float(own.sum())
    gap = treated - alike
    effect = float(own @ gap) / m
    mean = float(own @ treated) / m if mean_treated is None else mean_treated
    return Linearised(
        mean,
        mean - effect,
        Group(np.sqrt(own_mean_taken_off(own)) * own * (gap - effect) / m, own / m),
        Group(-np.sqrt(inflation) * weight * residual / m, weight / weight.sum()),
    )


def described_terms(
    treated: Floats, comparison: Floats, weight: Floats, own_weight: Floats | None = None
) -> Linearised:
    """Difference of weighted means within a part of each group (people with the event): a description.

    V = f s²/m + sum_j w_j² (y_j − ȳ)² / (sum w)², f = n / (n − 1) for n effective participants.
    """
    own = np.ones(len(treated)) if own_weight is None else own_weight
    mean, other = float(np.average(treated, weights=own)), float(np.average(comparison, weights=weight))
    share, others = own / own.sum(), weight / weight.sum()
    return Linearised(
        mean,
        other,
        Group(np.sqrt(own_mean_taken_off(own)) * share * (treated - mean), share),
        Group(-others * (comparison - other), others),
    )
