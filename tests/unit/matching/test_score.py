"""The score's maximum: proved by its equation, found with a penalty where there is none, and named where it fails."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from likeforlike.matching import score as module
from likeforlike.matching.design import Design
from likeforlike.matching.likelihood import PRIOR_SD
from likeforlike.matching.score import NotConverged, fit_score


def world(n: int = 400, seed: int = 1) -> tuple[Design, np.ndarray]:
    rng = np.random.default_rng(seed)
    matrix = np.column_stack([np.ones(n), rng.normal(size=(n, 3))])
    treated = rng.random(n) < expit(matrix @ [-1, 0.8, -0.5, 0.2])
    return Design.of(matrix, ("intercept", "a", "b", "c")), treated


def separated(n: int = 60) -> tuple[Design, np.ndarray]:
    rng = np.random.default_rng(2)
    treated = np.arange(n) < n // 2
    matrix = np.column_stack([np.ones(n), treated + 0.1 * rng.random(n), rng.normal(size=n)])
    return Design.of(matrix, ("intercept", "told", "noise")), treated


def test_the_score_equation_holds():
    design, treated = world()
    score = fit_score(design, treated)
    assert score.residual < 1e-7
    assert np.abs(design.totals(treated - expit(score.logit))).max() < 1e-6


def test_a_large_design_starts_among_some_and_ends_at_the_same_maximum(monkeypatch):
    design, treated = world(6000)
    treated &= np.arange(6000) % 20 == 0
    whole = fit_score(design, treated)
    monkeypatch.setattr(module, "BIG", 100)
    monkeypatch.setattr(module, "POOL_PER_PARTICIPANT", 5)
    assert fit_score(design, treated).coefficients == pytest.approx(whole.coefficients, abs=1e-8)


def test_a_covariate_that_tells_the_groups_apart_is_named():
    with pytest.raises(NotConverged, match="'told' tells participants from everyone else perfectly"):
        fit_score(*separated())


def test_firth_maximises_the_likelihood_times_jeffreys_prior():
    design, treated = separated()
    x, sign = design.dense(), np.where(treated, 1, -1)

    def negative(beta: np.ndarray) -> float:
        p = expit(x @ beta)
        _, volume = np.linalg.slogdet((x * (p * (1 - p))[:, None]).T @ x)
        return -float(log_expit(sign * (x @ beta)).sum() + volume / 2)

    found = minimize(
        negative, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12, "maxiter": 9999}
    )
    score = fit_score(design, treated, "firth")
    assert score.penalty == "firth"
    assert score.coefficients == pytest.approx(found.x, abs=1e-4)


def test_ridge_maximises_the_likelihood_times_normal_priors():
    design, treated = separated()
    x, sign = design.dense(), np.where(treated, 1, -1)
    scale = x.std(axis=0) / PRIOR_SD

    def negative(beta: np.ndarray) -> float:
        return -float(log_expit(sign * (x @ beta)).sum() - ((scale * beta)[1:] ** 2).sum() / 2)

    found = minimize(negative, np.zeros(3), method="BFGS", options={"gtol": 1e-8})
    assert fit_score(design, treated, "ridge").coefficients == pytest.approx(found.x, abs=1e-4)
