"""Folds are fair and whole; models out of fold are the penalised maximum and least squares; nothing breaks."""

import numpy as np
import pytest
from scipy.special import expit

from likeforlike.estimates.aipw import cross_fitted_aipw, median_of_splits
from likeforlike.estimates.crossfit import PRIOR_SD, cross_fit, stratified_folds
from likeforlike.matching.design import Design

RNG = np.random.default_rng(6)
X = np.column_stack([np.ones(900), RNG.normal(size=(900, 3)) * [1, 5, 0.1]])
TREATED = RNG.random(900) < expit(X @ [-2.0, 0.5, -0.1, 2.0])
Y = X @ [0.0, 1.0, 1.0, 0.0] + RNG.normal(size=900)
DESIGN = Design.of(X, ("intercept", "a", "b", "c"))


def test_folds_share_both_groups_equally():
    fold = stratified_folds(TREATED, 5, np.random.default_rng(1))
    for group in (TREATED, ~TREATED):
        assert np.ptp(np.bincount(fold[group], minlength=5)) <= 1


def test_clusters_stay_whole():
    cluster = np.arange(900) // 3
    fold = stratified_folds(TREATED, 5, np.random.default_rng(1), cluster)
    assert (fold == fold[cluster * 3]).all()


def test_models_come_from_the_other_folds():
    (split,) = cross_fit(DESIGN, TREATED, Y[None], 3, splits=1)
    fold = stratified_folds(TREATED, 5, np.random.default_rng(3))
    prior = X.var(axis=0) / PRIOR_SD**2
    for k in range(5):
        here, rest = fold == k, (fold != k) & ~TREATED
        least = np.linalg.lstsq(X[rest], Y[rest], rcond=None)[0]
        np.testing.assert_allclose(split.expected[0, here], X[here] @ least, atol=1e-8)
        beta = np.linalg.lstsq(X[here], np.log(split.odds[here]), rcond=None)[0]
        out = ~here
        slope = X[out].T @ (TREATED[out] - expit(X[out] @ beta)) - prior * beta
        assert np.abs(slope).max() < 0.01


def test_a_start_near_the_end_leads_to_the_same():
    plain = next(cross_fit(DESIGN, TREATED, Y[None], 3, splits=1))
    near = next(cross_fit(DESIGN, TREATED, Y[None], 3, splits=1, start=np.array([-2.0, 0.5, -0.1, 2.0])))
    np.testing.assert_allclose(np.log(near.odds), np.log(plain.odds), atol=1e-3)


def test_two_participants_told_apart_perfectly_still_have_odds():
    treated = np.zeros(900, bool)
    treated[np.argsort(X[:, 1])[-2:]] = True
    for split in cross_fit(DESIGN, treated, Y[None], 3):
        assert np.isfinite(split.odds).all()
    (found,) = cross_fitted_aipw(DESIGN, treated, Y[None], 3)
    assert np.isfinite(found.difference.estimate)


def test_one_participant_is_unknown():
    (found,) = cross_fitted_aipw(DESIGN, np.arange(900) == 4, Y[None], 3)
    assert np.isnan(found.difference.estimate)


def test_median_pays_for_the_spread_of_splits():
    assert median_of_splits(np.array([1.0, 2.0, 4.0]), np.ones(3)) == pytest.approx((2.0, 2.0))


def test_lots_make_everybodys_odds_the_same_and_the_interval_no_wider_than_the_plain_one():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(300), rng.normal(size=(300, 40))])
    treated = rng.permutation(np.arange(300) < 150)
    outcome = (rng.random(300) < 0.3).astype(float)
    design = Design.of(x, tuple(f"x{i}" for i in range(41)))
    fitted, known = (
        cross_fitted_aipw(design, treated, outcome[None], 1, by_lot=by_lot)[0].difference
        for by_lot in (False, True)
    )
    plain = outcome[treated].mean() - outcome[~treated].mean()
    assert known.estimate == pytest.approx(plain, abs=0.02)
    width = np.sqrt(outcome.var() * 4 / 300)
    assert known.std_error == pytest.approx(width, rel=0.05)
    assert fitted.std_error > 1.3 * known.std_error
