"""The propensity score: unpenalised logistic regression by Newton's method, proved by its score equation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
STEPS = 50
ROWS_AT_ONCE = 65_536
DECREMENT = 1e-10


class NotConverged(ArithmeticError):
    """The score has no maximum; the message names the covariate that tells the groups apart."""


@dataclass(frozen=True, slots=True)
class Score:
    """A fitted score: `logit` has one value a unit; `residual` is |sum of p − number treated|."""

    logit: Floats
    coefficients: Floats
    residual: float
    steps: int


def fit_score(design: Design, treated: NDArray[np.bool_]) -> Score:
    """Maximise the logistic likelihood until the Newton decrement is below 1e-10.

    Parameters
    ----------
    design
        (units, terms).
    treated
        (units,), true for participants.

    Raises
    ------
    NotConverged
        The likelihood has no maximum: the covariates tell participants from the pool perfectly.
    """
    x, y = design.matrix, treated.astype(float)
    beta = np.zeros(x.shape[1])
    share = y.mean()
    beta[0] = np.log(share / (1 - share))
    likelihood = _likelihood(x @ beta, y)
    for step in range(1, STEPS + 1):
        gradient, information = _derivatives(x, y, beta)
        try:
            direction = np.linalg.solve(information, gradient).astype(np.float64)
        except np.linalg.LinAlgError:
            break
        beta, likelihood = _ascend(x, y, beta, direction, likelihood)
        if gradient @ direction < DECREMENT:
            eta = x @ beta
            if eta[treated].min() > eta[~treated].max():
                break
            return Score(eta, beta, float(abs(expit(eta).sum() - y.sum())), step)
    raise NotConverged(_separated(design, beta))


def _derivatives(x: Floats, y: Floats, beta: Floats) -> tuple[Floats, Floats]:
    gradient = np.zeros(x.shape[1])
    information = np.zeros((x.shape[1], x.shape[1]))
    for start in range(0, len(x), ROWS_AT_ONCE):
        rows = x[start : start + ROWS_AT_ONCE]
        p = expit(rows @ beta)
        gradient += rows.T @ (y[start : start + ROWS_AT_ONCE] - p)
        information += (rows * (p * (1 - p))[:, None]).T @ rows
    return gradient, information


def _ascend(x: Floats, y: Floats, beta: Floats, direction: Floats, current: float) -> tuple[Floats, float]:
    size = 1.0
    for _ in range(30):
        candidate = beta + size * direction
        likelihood = _likelihood(x @ candidate, y)
        if likelihood >= current - 1e-9 * abs(current):
            return candidate, likelihood
        size /= 2
    return beta, current


def _likelihood(eta: Floats, y: Floats) -> float:
    return float(log_expit(np.where(y == 1, eta, -eta)).sum())


def _separated(design: Design, beta: Floats) -> str:
    culprit = design.terms[1:][int(np.argmax(np.abs(beta[1:])))] if len(design.terms) > 1 else "the data"
    return f"'{culprit}' tells participants from everyone else perfectly, so nobody is alike on it."
