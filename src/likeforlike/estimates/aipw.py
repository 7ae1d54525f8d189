"""Doubly robust effect on the treated: right where either the score or the prognosis is.

Augmented inverse-probability weighting (Robins, Rotnitzky & Zhao 1994), with odds of taking part as weights of the
comparison people. Cross-fitted as in Chernozhukov et al. 2018, The Econometrics Journal 21(1). The weights are not
trimmed: `largest_share` says when one person has too much of a say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.estimates.clusters import Labels, by_cluster, cluster_variance
from likeforlike.estimates.crossfit import cross_fit
from likeforlike.estimates.difference import UNKNOWN, Difference, inference
from likeforlike.estimates.linearised import Group, Linearised, own_mean_taken_off
from likeforlike.matching.design import Design
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Aipw:
    """Median over the splits; `effective` is the effective number of comparison people, `largest_share` the
    greatest part of their weight that one of them has.
    """

    difference: Difference
    effective: float
    largest_share: float


def aipw_att(
    outcome: Floats, treated: Mask, expected: Floats, odds: Floats, *, normalised: bool = True
) -> Linearised:
    """Mean over the treated of y − μ₀, less the odds-weighted mean of y − μ₀ over the others.

    Parameters
    ----------
    outcome, treated, expected, odds
        (units,): y, t, μ₀ the outcome expected without the programme, e/(1 − e).
    normalised
        Odds divided by their sum (Hájek) or by the number treated.
    """
    beyond = outcome - expected
    own, others, size = beyond[treated], beyond[~treated], int(treated.sum())
    weight = odds[~treated]
    mean = float(outcome[treated].mean())
    share = weight / weight.sum()
    if normalised:
        aside = float(share @ others)
        terms = -share * (others - aside)
    else:
        aside = float(weight @ others) / size
        terms = -weight * others / size
    effect = float(own.mean()) - aside
    middle = float(own.mean()) if normalised else effect
    return Linearised(
        mean,
        mean - effect,
        Group((own - middle) / size, np.full(size, 1 / size)),
        Group(terms, share),
    )


def cross_fitted_aipw(
    design: Design,
    treated: Mask,
    outcomes: Floats,
    seed: int,
    *,
    start: Floats | None = None,
    splits: int = 5,
    folds: int = 5,
    cluster: Labels | None = None,
    by_lot: bool = False,
) -> list[Aipw]:
    """Cross-fitted AIPW of several outcomes with the same folds and scores.

    Parameters
    ----------
    design
        (units, terms), participants and all of the pool that they could have come from.
    treated
        (units,).
    outcomes
        (outcomes, units).
    start
        Coefficients of the score fitted to everyone, if known: saves most of the work.
    cluster
        (units,) label of each unit's person or place: clusters stay whole in the folds and in the error.
    by_lot
        Whether lots decided who took part, so that the score is known.

    Returns
    -------
    list
        One for each outcome; unknown where either group is fewer than two people or clusters.
    """
    label = np.arange(len(treated)) if cluster is None else cluster
    if min(len(np.unique(label[treated])), len(np.unique(label[~treated]))) < 2:
        return [Aipw(UNKNOWN, 0.0, float("nan"))] * len(outcomes)
    rows: list[list[_Found]] = [[] for _ in outcomes]
    for split in cross_fit(
        design,
        treated,
        outcomes,
        seed,
        start=start,
        splits=splits,
        folds=folds,
        cluster=cluster,
        by_lot=by_lot,
    ):
        for row, outcome, expected in zip(rows, outcomes, split.expected, strict=True):
            row.append(_one(aipw_att(outcome, treated, expected, split.odds), treated, cluster))
    return [_median(row) for row in rows]


def median_of_splits(estimates: Floats, variances: Floats) -> tuple[float, float]:
    """Median estimate, and the median of variance + (estimate − median)²: Chernozhukov et al. 2018, section 3.4."""
    middle = float(np.median(estimates))
    return middle, float(np.median(variances + (estimates - middle) ** 2))


def regression_adjusted(outcome: Floats, treated: Mask, design: Design) -> Difference:
    """Coefficient of treatment in least squares on treatment and the covariates, with the classical error.

    Parameters
    ----------
    outcome, treated, design
        (units,), (units,), (units, terms).
    """
    inverse = np.linalg.pinv(design.gram(np.ones(len(design))), rcond=1e-11, hermitian=True)
    t = treated.astype(np.float64)
    apart = t - design.times(inverse @ design.totals(t))
    left = outcome - design.times(inverse @ design.totals(outcome))
    size = float(apart @ apart)
    effect = float(apart @ left) / size
    df = len(design) - len(design.terms) - 1
    error = float(np.sqrt(((left - effect * apart) ** 2).sum() / df / size)) if df > 0 else float("nan")
    mean = float(outcome[treated].mean())
    return inference(mean, mean - effect, effect, error, df)


@dataclass(frozen=True, slots=True)
class _Found:
    mean_treated: float
    estimate: float
    variance: float
    degrees: float
    effective: float
    largest_share: float


def _one(found: Linearised, treated: Mask, cluster: Labels | None) -> _Found:
    careful = own_mean_taken_off(found.treated.share)
    variance = careful * float((found.treated.terms**2).sum()) + float((found.pool.terms**2).sum())
    degrees, share = found.degrees, found.pool.share
    if cluster is not None:
        own, others = cluster[treated], cluster[~treated]
        variance = cluster_variance(found.terms, np.concatenate([own, others]))
        degrees = by_cluster(found, own, others).degrees
    return _Found(
        found.mean_treated, found.estimate, variance, degrees, effective_size(share), float(share.max())
    )


def _median(row: list[_Found]) -> Aipw:
    estimate, variance = median_of_splits(
        np.array([r.estimate for r in row]), np.array([r.variance for r in row])
    )
    mean = row[0].mean_treated
    degrees = float(np.median([r.degrees for r in row]))
    return Aipw(
        inference(mean, mean - estimate, estimate, float(np.sqrt(variance)), degrees),
        float(np.median([r.effective for r in row])),
        float(np.median([r.largest_share for r in row])),
    )
