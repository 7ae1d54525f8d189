"""Entropy balancing: the pool weights nearest to equal ones that give it exactly the participants' means.

Hainmueller 2012, Political Analysis 20(1); doubly robust, Zhao & Percival 2017, Journal of Causal Inference 5(1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
STEPS = 100
EXACT = 1e-10
"""Largest gap of a mean, in standard deviations of the pool."""


class NotBalanceable(ArithmeticError):
    """No weights reach the participants' means; the message names the term that is furthest off."""


def entropy_balance(pool: Design, targets: Floats, base: Floats | None = None) -> Floats:
    """Weights of the pool, shape (units,), that sum to 1 and balance every mean, by Newton's method on the dual.

    Parameters
    ----------
    pool
        (units, terms) with an intercept first.
    targets
        (terms,) means of the participants.
    base
        (units,) weights to stay near to; equal ones if not told.

    Raises
    ------
    NotBalanceable
        The participants' means lie outside what any weights of the pool can give.
    """
    start = np.zeros(len(pool)) if base is None else np.log(base)
    equal = np.full(len(pool), 1.0 / len(pool))
    means = pool.totals(equal)
    scale = np.sqrt(np.maximum(np.diag(pool.gram(equal)) - means**2, 0.0))
    told = (scale > 0) & (np.arange(len(targets)) > 0)
    if (np.abs(targets - means)[~told] > EXACT).any():
        raise NotBalanceable(_off(pool, np.where(told, 0.0, np.abs(targets - means))))
    dual, value, weight = _at(pool, targets, np.zeros(len(targets)), start)
    for _ in range(STEPS):
        reached = pool.totals(weight)
        gap = np.where(told, (reached - targets) / np.where(told, scale, 1.0), 0.0)
        if np.abs(gap).max() < EXACT:
            return weight
        spread = (pool.gram(weight) - np.outer(reached, reached))[np.ix_(told, told)]
        step = np.zeros(len(targets))
        step[told] = np.linalg.lstsq(spread, (reached - targets)[told], rcond=None)[0]
        size = 1.0
        while size > 1e-10:
            there = _at(pool, targets, dual - size * step, start)
            if there[1] <= value + 1e-12 * abs(value):
                break
            size /= 2
        dual, value, weight = there
    raise NotBalanceable(_off(pool, np.abs(gap)))


def _at(pool: Design, targets: Floats, dual: Floats, start: Floats) -> tuple[Floats, float, Floats]:
    exponent = start + pool.times(dual)
    total = float(logsumexp(exponent))
    return dual, total - float(dual @ targets), np.exp(exponent - total)


def _off(pool: Design, gap: Floats) -> str:
    return f"No weights of the pool give the participants' mean of '{pool.terms[int(np.argmax(gap))]}'."
