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
QUICK = 1e3
"""While the decrement falls by so much, the information of an earlier step is good enough."""
FARTHEST, SLOW = 30.0, 20
"""A logit so far out, reached in so many steps, creeps towards infinity: some people are told apart perfectly."""
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


def fit_score(design: Design, treated: Mask, penalty: Penalty = "none", among: Mask | None = None) -> Score:
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
    among
        (units,), those whose likelihood it is; everyone if not told. The others get a logit too.

    Raises
    ------
    NotConverged
        The likelihood has no maximum: the covariates tell participants from the pool perfectly.
    """
    among = np.ones(len(design), dtype=bool) if among is None else among
    participants, pool = treated & among, ~treated & among
    start = np.zeros(len(design.terms))
    start[0] = np.log(participants.sum() / pool.sum())
    every = int(pool.sum() // (POOL_PER_PARTICIPANT * participants.sum()))
    if len(design) > BIG and every > 1:
        start = _among_some(design, participants, pool, penalty, every, start)
    beta, point, steps = _maximum(LIKELIHOODS[penalty](design, treated, among), start, design)
    logit = point.logit
    apart = logit[participants].min() > logit[pool].max()
    creeping = steps > SLOW and np.abs(logit[among]).max() > FARTHEST
    if penalty == "none" and (apart or creeping):
        raise NotConverged(_separated(design, beta))
    residual = float(abs(expit(logit[among]).sum() - participants.sum()))
    return Score(logit, beta, residual, steps, penalty)


def _among_some(
    design: Design, participants: Mask, pool: Mask, penalty: Penalty, every: int, start: Floats
) -> Floats:
    """The maximum among participants and an evenly spread part of the pool, with the intercept of the whole."""
    some = participants.copy()
    some[np.flatnonzero(pool)[::every]] = True
    shift = np.zeros(len(start))
    shift[0] = np.log(every)
    try:
        everyone = np.ones(int(some.sum()), dtype=bool)
        climb = LIKELIHOODS[penalty](design.take(some), participants[some], everyone)
        return _maximum(climb, start + shift, design)[0] - shift
    except NotConverged:
        return start


def _maximum(climb: Likelihood, beta: Floats, design: Design) -> tuple[Floats, Point, int]:
    here = climb(beta)
    information, last = here.information(), np.inf
    for step in range(STEPS):
        try:
            decrement = float(here.gradient @ np.linalg.solve(information, here.gradient))
            if decrement < DECREMENT and abs(here.gradient[0]) < RESIDUAL:
                return beta, here, step
            if decrement > last / QUICK:
                information = here.information()
            last = decrement
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
