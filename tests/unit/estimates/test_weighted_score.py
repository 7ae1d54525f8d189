"""What estimating the score takes off the error: the derivative by each person's weight, by brute force."""

import numpy as np
import pytest
from scipy.special import expit

from likeforlike.estimates.weighted import weight_slopes, weighted_means, with_estimated_score
from likeforlike.matching.design import Design

RNG = np.random.default_rng(6)
X = np.column_stack([np.ones(300), RNG.normal(size=(300, 3))])
TREATED = RNG.random(300) < expit(X @ [-1.0, 0.5, -0.4, 0.2])
Y = X @ [0.0, 1.0, 1.0, 0.0] + RNG.normal(size=300)


def fitted(count: np.ndarray) -> np.ndarray:
    beta = np.zeros(4)
    for _ in range(30):
        p = expit(X @ beta)
        beta = beta + np.linalg.solve((X.T * (count * p * (1 - p))) @ X, X.T @ (count * (TREATED - p)))
    return X @ beta


def weights(logit: np.ndarray, overlap: bool) -> np.ndarray:
    p = expit(logit)
    return np.where(TREATED, 1 - p, p) if overlap else np.where(TREATED, 1.0, np.exp(logit))


def effect(count: np.ndarray, overlap: bool) -> float:
    w = count * weights(fitted(count), overlap)
    return np.average(Y[TREATED], weights=w[TREATED]) - np.average(Y[~TREATED], weights=w[~TREATED])


@pytest.mark.parametrize("overlap", [False, True])
def test_terms_are_the_infinitesimal_jackknife(overlap: bool):
    logit = fitted(np.ones(300))
    w = weights(logit, overlap)
    plain = weighted_means(Y[TREATED], Y[~TREATED], w[TREATED], w[~TREATED], "HC0")
    slope = weight_slopes("overlap" if overlap else "odds", logit, TREATED)
    design = Design.of(X, ("intercept", "a", "b", "c"))
    found = with_estimated_score(plain, slope, design, TREATED, logit)
    for group, at in ((found.treated, np.flatnonzero(TREATED)), (found.pool, np.flatnonzero(~TREATED))):
        for k in (0, 5, 20):
            step = np.zeros(300)
            step[at[k]] = 1e-5
            change = (effect(1 + step, overlap) - effect(1 - step, overlap)) / 2e-5
            assert group.terms[k] == pytest.approx(change, abs=1e-7)
    assert found.variance < plain.variance
