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
CONSTANT = 1e-12
"""Variance over the mean square below which a term is the same for all of the pool."""
BEYOND = 1e-6
"""How clearly, in standard deviations, the participants' means must lie outside for it to be sure."""
SAME = 1e-12
"""Values of the dual that differ by less are equal: near the answer rounding is all that is left."""
SUSPECTS = 5


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
        (units,) weights to stay near to; equal ones if not told. Who has none gets none.

    Raises
    ------
    NotBalanceable
        The participants' means lie outside what any weights of the pool can give.
    """
    first = np.full(len(pool), 1.0 / len(pool)) if base is None else base / base.sum()
    with np.errstate(divide="ignore"):
        start = np.log(first)
    means = pool.totals(first)
    squares = np.diag(pool.gram(first))
    variance = squares - means**2
    told = variance > CONSTANT * squares
    scale = np.sqrt(np.where(told, variance, np.maximum(squares, 1.0)))
    fixed = np.where(told, 0.0, np.abs(targets - means) / scale)
    if fixed.max() > EXACT:
        raise NotBalanceable(_sentence(pool, int(np.argmax(fixed))))
    dual, value, weight = _at(pool, targets, np.zeros(len(targets)), start)
    gap = np.zeros(len(targets))
    for _ in range(STEPS):
        reached = pool.totals(weight)
        gap = np.where(told, (reached - targets) / scale, 0.0)
        if np.abs(gap).max() < EXACT:
            return weight
        if _separated(pool, targets, dual, scale, start):
            break
        spread = (pool.gram(weight) - np.outer(reached, reached)) / np.outer(scale, scale)
        step = np.zeros(len(targets))
        step[told] = np.linalg.lstsq(spread[np.ix_(told, told)], gap[told], rcond=None)[0] / scale[told]
        size = 1.0
        while size > EXACT:
            there = _at(pool, targets, dual - size * step, start)
            if there[1] <= value + SAME * max(abs(value), 1.0):
                break
            size /= 2
        dual, value, weight = there
    raise NotBalanceable(_sentence(pool, _furthest(pool, targets, gap, start)))


def _at(pool: Design, targets: Floats, dual: Floats, start: Floats) -> tuple[Floats, float, Floats]:
    exponent = start + pool.times(dual)
    total = float(logsumexp(exponent))
    return dual, total - float(dual @ targets), np.exp(exponent - total)


def _separated(pool: Design, targets: Floats, dual: Floats, scale: Floats, start: Floats) -> bool:
    """Whether the whole pool lies on one side of the participants' means: proof that no weights reach them."""
    side = pool.times(dual)[np.isfinite(start)].max() - float(dual @ targets)
    return bool(side < -BEYOND * float(np.abs(dual) @ scale))


def _furthest(pool: Design, targets: Floats, gap: Floats, start: Floats) -> int:
    """A term whose mean alone is out of reach, if one of the largest gaps is so; else the largest gap."""
    likely = np.argsort(-np.abs(gap), kind="stable")[:SUSPECTS]
    for term in likely.tolist():
        values = pool.times(np.eye(len(targets))[term])[np.isfinite(start)]
        if not values.min() <= targets[term] <= values.max():
            return int(term)
    return int(likely[0])


def _sentence(pool: Design, term: int) -> str:
    return f"No weights of the pool give the participants' mean of '{pool.terms[term]}'."
