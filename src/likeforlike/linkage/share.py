"""The prior of a cohort: the share of its people who are in the register, found from its own evidence.

Lists differ: of one nearly everybody is in the records, of another hardly anybody, and then the same coincidence of
names is less likely to be the same person. Expectation maximisation over the participants' match probabilities, one
parameter; the lab's `expected_share` is where it begins and, as a Beta prior, what holds it for short lists
(Dempster, Laird and Rubin 1977).
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.linkage.names import PARTICIPANT
from likeforlike.linkage.resolve import of_no_other

PRIOR_PARTICIPANTS = 100
"""Participants that the lab's expectation is worth: a list of usual size outweighs it."""
LEAST, MOST = 0.01, 0.99
"""No list is taken to hold nobody, or nobody else, from its weights alone."""
ROUNDS, ENOUGH = 200, 1e-7
DIGITS = 6


def cohort_share(candidates: pl.DataFrame, participants: int, expected: float) -> float:
    """The share of participants who are in the register.

    Parameters
    ----------
    candidates
        `participant, match_weight`, scored with the lab's expected share.
    participants
        How many there are; some have no candidate.
    expected
        The lab's `expected_share`.

    Returns
    -------
    float
        Between 0.01 and 0.99, to six digits.
    """
    odds = _odds(candidates)
    share = expected
    for _ in range(ROUNDS):
        moved = odds + _shift(share, expected)
        found = float((1 / (1 + np.exp2(-np.clip(moved, -1000, 1000)))).sum())
        new = (found + PRIOR_PARTICIPANTS * expected) / (participants + PRIOR_PARTICIPANTS)
        new = min(max(new, LEAST), MOST)
        if abs(new - share) < ENOUGH:
            break
        share = new
    return round(share, DIGITS)


def with_share(candidates: pl.DataFrame, share: float, expected: float) -> pl.DataFrame:
    """The candidates with match weights and probabilities of this share instead of the one they were scored with."""
    moved = candidates.with_columns(pl.col("match_weight") + prior_shift(share, expected))
    return moved.with_columns(match_probability=of_no_other())


def prior_shift(share: float, expected: float) -> float:
    """Bits by which match weights move when another share than the expected one is in the register."""
    return round(_shift(share, expected), DIGITS)


def _shift(share: float, expected: float) -> float:
    return math.log2(share / (1 - share)) - math.log2(expected / (1 - expected))


def _odds(candidates: pl.DataFrame) -> NDArray[np.float64]:
    """Base-2 logarithm of each participant's odds, all candidates together, of being somebody in the register."""
    top = pl.col("match_weight").max()
    total = top + (pl.lit(2.0) ** (pl.col("match_weight") - top)).sum().log(2)
    return candidates.group_by(PARTICIPANT).agg(odds=total).sort(PARTICIPANT)["odds"].to_numpy()
