"""Matching to a number of neighbours, with replacement: the estimate and its variance.

Abadie & Imbens 2006, Econometrica 74(1); the resampling of people is not valid here (2008). The score is taken as
known, which is safe for the effect on the treated in most designs (2016).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.estimates.difference import Difference, inference
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


def matched_pairs_effect(
    treated: Floats, pool: Floats, participant: Places, other: Places, pool_at: Floats | None = None
) -> Difference:
    """Effect on the matched participants, each against the mean of their neighbours.

    V = [sum_i (te_i − effect)² + sum_j s²_j (K_j² − K'_j)] / m², with K_j = sum_i 1/M_i over the participants that
    pool member j serves, K'_j = sum_i 1/M_i², M_i neighbours of participant i. t, one degree of freedom less than
    the smaller of the matched participants and the effective pool.

    Parameters
    ----------
    treated, pool
        (m,) and (n,) outcomes.
    participant, other
        (pairs,) places in `treated` and in `pool`.
    pool_at
        (n,) scores: s² is then half the squared gap of each to their nearest; else s² is one for all, from the
        pairs (the choice of R's `Matching` and of Stata's `nnmatch`).
    """
    size = len(treated)
    outcome = np.concatenate([treated, pool])
    at = None if pool_at is None else np.concatenate([np.zeros(size), spread_nearby(pool, pool_at)])
    return matching_effect(outcome, np.arange(len(outcome)) < size, participant, other + size, at)


def matching_effect(
    outcome: Floats,
    treated: Mask,
    unit: Places,
    match: Places,
    spread: Floats | None = None,
    *,
    sample: bool = False,
) -> Difference:
    """Mean effect on the units in `unit`: on the treated, or on everybody if everybody has matches.

    V = sum_j [f_j (te_j − effect)² + s²_j (K_j² + 2 f_j K_j − K'_j)] / n², where f_j says that unit j has matches.

    Parameters
    ----------
    outcome, treated
        (units,).
    unit, match
        (pairs,) places of a unit and of one of its matches, in the other group.
    spread
        (units,) s², the variance of the outcome given the score; one for all, from the pairs, if not told.
    sample
        Variance as an estimate of the effect on these very people, V = sum_j s²_j (f_j + K_j)² / n².
    """
    units = len(outcome)
    found = np.bincount(unit, minlength=units).astype(np.float64)
    focal = found > 0
    sign = np.where(treated, 1.0, -1.0)
    share = 1.0 / found[unit]
    effect = sign * (outcome - np.bincount(unit, weights=share * outcome[match], minlength=units))
    size = float(focal.sum())
    mean = float(effect[focal].sum()) / size
    used = np.bincount(match, weights=share, minlength=units).astype(np.float64)
    squared = np.bincount(match, weights=share**2, minlength=units)
    if spread is None:
        gaps = sign[unit] * (outcome[unit] - outcome[match]) - mean
        spread = np.full(units, float(share @ gaps**2) / size / 2)
    among = 0.0 if sample else float(((effect[focal] - mean) ** 2).sum())
    counted = (focal + used) ** 2 if sample else used**2 + 2 * focal * used - squared
    variance = (among + float(spread @ counted)) / size**2
    weight = focal + used
    df = min(effective_size(weight[treated]), effective_size(weight[~treated])) - 1
    mean_treated = float(np.average(outcome[treated], weights=weight[treated]))
    return inference(mean_treated, mean_treated - mean, mean, float(np.sqrt(max(variance, 0.0))), df)


def spread_nearby(outcome: Floats, at: Floats) -> Floats:
    """Variance of the outcome near each person: J/(J + 1) (y − mean of the J nearest others)², ties all taken.

    Parameters
    ----------
    outcome, at
        (people,) of one group. Nought for somebody who has nobody else.
    """
    places, group, count = np.unique(at, return_inverse=True, return_counts=True)
    total = np.bincount(group, weights=outcome, minlength=len(places))
    gap = np.diff(places)
    left, right = np.append(np.inf, gap), np.append(gap, np.inf)
    below = np.append(0, total[:-1]), np.append(0, count[:-1])
    above = np.append(total[1:], 0), np.append(count[1:], 0)
    alone = count == 1
    use_left, use_right = alone & (left <= right), alone & (right <= left)
    number = np.where(alone, 0, count - 1) + use_left * below[1] + use_right * above[1]
    near = np.where(alone, 0.0, total) + use_left * below[0] + use_right * above[0]
    near = near[group] - np.where(alone[group], 0.0, outcome)
    others = number[group]
    spread: Floats = np.where(
        others > 0, others / (others + 1) * (outcome - near / np.maximum(others, 1)) ** 2, 0.0
    )
    return spread
