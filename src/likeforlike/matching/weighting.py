"""Weights from the score itself: odds of taking part, and overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from likeforlike.matching.weights import Weights

Floats = NDArray[np.float64]


def att_odds(treated: Floats, pool: Floats) -> Weights:
    """Pool members by their odds e / (1 − e), as many altogether as participants: the effect on the treated.

    Inverse-probability weighting, Hirano & Imbens 2001; normalised (Hájek).

    Parameters
    ----------
    treated, pool
        (participants,) and (pool,) logits of the score; the pool has somebody.
    """
    odds = np.exp(pool - pool.max())
    return Weights(np.ones(len(treated)), odds * (len(treated) / odds.sum()))


def overlap(treated: Floats, pool: Floats) -> Weights:
    """Everybody by their chance of being in the other group: the effect on those who could be in either.

    Participants get 1 − e, pool members e; both groups' weights then add up to the participants. Balance on
    everything in a logistic score is exact. Li, Morgan & Zaslavsky 2018, JASA 113(521).

    Parameters
    ----------
    treated, pool
        (participants,) and (pool,) logits of the score; both have somebody.
    """
    own, others = expit(-treated), expit(pool)
    size = len(treated)
    return Weights(own * (size / own.sum()), others * (size / others.sum()))
