"""Score and prognosis of each person from models that have not seen them: cross-fitting.

Chernozhukov et al. 2018, The Econometrics Journal 21(1). Folds hold equal parts of both groups. Of the design only
products with parts of it are used, never the matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Folds = NDArray[np.int64]

PRIOR_SD = 1.0
"""Of a standardised term's coefficient in the score: a fold with few participants tells groups apart by chance."""
PEOPLE_PER_TERM = 10
"""Comparison people for each term of a prognosis; with fewer, the expected outcome is their mean."""
DECREMENT = 1e-8
STEPS = 50
SLOW = 0.1


@dataclass(frozen=True, slots=True)
class Split:
    """One division into folds: `odds` (units,) and `expected` (outcomes, units), out of each unit's own fold."""

    odds: Floats
    expected: Floats


def stratified_folds(
    treated: Mask, folds: int, rng: np.random.Generator, cluster: NDArray[Any] | None = None
) -> Folds:
    """Fold of each unit, shape (units,): sizes of both groups differ by at most one between folds.

    Parameters
    ----------
    cluster
        (units,) labels: a cluster stays whole, and counts as treated if anybody in it is.
    """
    if cluster is not None:
        _, place = np.unique(cluster, return_inverse=True)
        any_treated = np.bincount(place, weights=treated) > 0
        return stratified_folds(any_treated, folds, rng)[place]
    fold = np.empty(len(treated), dtype=np.int64)
    for group in (treated, ~treated):
        size = int(group.sum())
        fold[group] = rng.permutation(size) % folds
    return fold


def cross_fit(
    design: Design,
    treated: Mask,
    outcomes: Floats,
    seed: int,
    *,
    start: Floats | None = None,
    splits: int = 5,
    folds: int = 5,
    cluster: NDArray[Any] | None = None,
    prior_sd: float = PRIOR_SD,
    by_lot: bool = False,
) -> Iterator[Split]:
    """Fit score and linear prognosis on all folds but one, for every fold of every split.

    Parameters
    ----------
    design, treated
        (units, terms) and (units,).
    outcomes
        (outcomes, units).
    start
        Coefficients near the score's, such as those fitted to everyone.
    by_lot
        Whether lots decided who took part: everybody's odds are then the same, and known (Robins, Rotnitzky & Zhao
        1994); fitting them to chance differences would only add noise.
    """
    rng = np.random.default_rng(seed)
    for _ in range(splits):
        fold = stratified_folds(treated, folds, rng, cluster)
        parts = [_Part.of(design, fold == k, treated, outcomes) for k in range(folds) if (fold == k).any()]
        odds, expected = np.full(len(design), treated.mean() / (1 - treated.mean())), np.empty(outcomes.shape)
        if not by_lot:
            for part, score in zip(parts, _scores(parts, start, prior_sd), strict=True):
                odds[part.mask] = np.exp(part.design.times(score))
        for k, part in enumerate(parts):
            rest = [p for j, p in enumerate(parts) if j != k]
            expected[:, part.mask] = _prognosis(part, rest)
        yield Split(odds, expected)


@dataclass(frozen=True, slots=True)
class _Part:
    """One fold, and the sums over it that the models need."""

    mask: Mask
    design: Design
    treated: Mask
    gram: Floats
    gram_comparison: Floats
    totals: Floats
    """(outcomes, terms), of the comparison people's outcomes."""

    @classmethod
    def of(cls, design: Design, mask: Mask, treated: Mask, outcomes: Floats) -> _Part:
        own, here = design.take(mask), treated[mask]
        gram = own.gram(np.ones(len(own)))
        few = own.take(here)
        comparison = gram - few.gram(np.ones(len(few))) if here.any() else gram
        totals = np.array([own.totals(np.where(here, 0.0, y[mask])) for y in outcomes])
        return cls(mask, own, here, gram, comparison, totals.reshape(len(outcomes), len(design.terms)))


def _prognosis(part: _Part, rest: list[_Part]) -> Floats:
    """Expected outcomes (outcomes, people) of a fold by least squares in the comparison people of the others."""
    gram = _total([p.gram_comparison for p in rest])
    totals = _total([p.totals for p in rest])
    if gram[0, 0] < PEOPLE_PER_TERM * len(gram):
        means: Floats = totals[:, :1] / gram[0, 0]
        return np.broadcast_to(means, (len(totals), len(part.design)))
    inverse = np.linalg.pinv(gram, rcond=1e-11, hermitian=True)
    return np.array([part.design.times(inverse @ t) for t in totals]).reshape(len(totals), -1)


def _scores(parts: list[_Part], start: Floats | None, prior_sd: float) -> list[Floats]:
    """Coefficients of the score without each of the parts in turn."""
    gram = _total([p.gram for p in parts])
    people = gram[0, 0]
    prior = (np.diag(gram) / people - (gram[0] / people) ** 2) / prior_sd**2
    prior[0] = 0.0
    share = sum(int(p.treated.sum()) for p in parts) / people
    if start is None:
        start = np.zeros(len(gram))
        start[0] = np.log(share / (1 - share))
    curved = [_information(p, start) for p in parts]
    whole = _total(curved)
    return [
        _climb([p for j, p in enumerate(parts) if j != k], start, whole - curved[k], prior)
        for k in range(len(parts))
    ]


def _climb(parts: list[_Part], beta: Floats, information: Floats, prior: Floats) -> Floats:
    """Newton's method; the information is worked out anew only when the old one has become a poor guide."""
    value, gradient = _slope(parts, beta, prior)
    before = np.inf
    for _ in range(STEPS):
        direction = np.linalg.solve(information + np.diag(prior), gradient)
        decrement = float(gradient @ direction)
        if decrement < DECREMENT:
            break
        if decrement > SLOW * before:
            information = _total([_information(p, beta) for p in parts])
            direction = np.linalg.solve(information + np.diag(prior), gradient)
            decrement = np.inf
        before, size = decrement, 1.0
        while True:
            there, next_gradient = _slope(parts, beta + size * direction, prior)
            if there >= value - 1e-10 * abs(value) or size < 1e-6:
                break
            size /= 2
        beta, value, gradient = beta + size * direction, there, next_gradient
    return beta


def _slope(parts: list[_Part], beta: Floats, prior: Floats) -> tuple[float, Floats]:
    """Penalised log-likelihood and its gradient."""
    value, gradient = -float(prior @ beta**2) / 2, -prior * beta
    for part in parts:
        logit = part.design.times(beta)
        value += float(log_expit(np.where(part.treated, logit, -logit)).sum())
        gradient = gradient + part.design.totals(part.treated - expit(logit))
    return value, gradient


def _information(part: _Part, beta: Floats) -> Floats:
    p = expit(part.design.times(beta))
    return part.design.gram(p * (1 - p))


def _total(of: list[Floats]) -> Floats:
    total: Floats = np.sum(of, axis=0)
    return total
