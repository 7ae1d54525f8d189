"""The propensity score: logistic regression at its exact maximum, proved by its score equation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from likeforlike.matching.design import Design
from likeforlike.matching.likelihood import LIKELIHOODS, Likelihood, Mask, Penalty, Point

Floats = NDArray[np.float64]
STEPS = 60
DECREMENT = 1e-12
RESIDUAL = 1e-7
FARTHEST = 30.0
"""A logit beyond this says that somebody is told apart perfectly, to the last digit."""
POOL_PER_PARTICIPANT = 20
BIG = 200_000


class NotConverged(ArithmeticError):
    """The score has no maximum; the message names the covariate that tells the groups apart."""


@dataclass(frozen=True, slots=True)
class Score:
    """A fitted score: `logit` has one value a unit; `residual` is |sum of p − number treated|."""

    logit: Floats
    coefficients: Floats
    residual: float
    steps: int
    penalty: Penalty = "none"


def fit_score(design: Design, treated: Mask, penalty: Penalty = "none") -> Score:
    """Maximise the logistic likelihood by Newton's method.

    It ends when the decrement is below 1e-12 and the scores add up to the participants within 1e-7.

    Large designs start from the maximum among all participants and twenty times as many of the pool.

    Parameters
    ----------
    design
        (units, terms).
    treated
        (units,), true for participants.
    penalty
        `firth` and `ridge` have a maximum where the groups are told apart perfectly.

    Raises
    ------
    NotConverged
        The likelihood has no maximum: the covariates tell participants from the pool perfectly.
    """
    climb = LIKELIHOODS[penalty]
    start = np.zeros(len(design.terms))
    share = treated.mean()
    start[0] = np.log(share / (1 - share))
    every = (~treated).sum() // (POOL_PER_PARTICIPANT * treated.sum())
    if len(design) > BIG and every > 1:
        start = _among_some(design, treated, penalty, int(every), start)
    beta, point, steps = _maximum(climb(design, treated), start, design)
    logit = point.logit
    if penalty == "none" and (logit[treated].min() > logit[~treated].max() or np.abs(logit).max() > FARTHEST):
        raise NotConverged(_separated(design, beta))
    return Score(logit, beta, float(abs(expit(logit).sum() - treated.sum())), steps, penalty)


def _among_some(design: Design, treated: Mask, penalty: Penalty, every: int, start: Floats) -> Floats:
    """The maximum among participants and an evenly spread part of the pool, with the intercept of the whole."""
    some = treated.copy()
    some[np.flatnonzero(~treated)[::every]] = True
    shift = np.zeros(len(start))
    shift[0] = np.log(every)
    try:
        climb = LIKELIHOODS[penalty](design.take(some), treated[some])
        return _maximum(climb, start + shift, design)[0] - shift
    except NotConverged:
        return start


def _maximum(climb: Likelihood, beta: Floats, design: Design) -> tuple[Floats, Point, int]:
    here = climb(beta)
    information = here.information()
    for step in range(STEPS):
        try:
            decrement = here.gradient @ np.linalg.solve(information, here.gradient)
            if decrement < DECREMENT and abs(here.gradient[0]) < RESIDUAL:
                return beta, here, step
            information = here.information() if step else information
            direction = np.linalg.solve(information, here.gradient).astype(np.float64)
        except np.linalg.LinAlgError:
            break
        size = 1.0
        while True:
            there = climb(beta + size * direction)
            if there.value >= here.value - 1e-10 * abs(here.value) or size < 1e-8:
                break
            size /= 2
        beta, here = beta + size * direction, there
    raise NotConverged(_separated(design, beta))


def _separated(design: Design, beta: Floats) -> str:
    culprit = design.terms[1:][int(np.argmax(np.abs(beta[1:])))] if len(design.terms) > 1 else "the data"
    return f"'{culprit}' tells participants from everyone else perfectly, so nobody is alike on it."
