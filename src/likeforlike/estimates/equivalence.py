"""What an interval rules out, and how many people would settle what it leaves open.

An inconclusive result says something: how large the effect cannot well be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from likeforlike.estimates.inference import NAN, quantile, two_sided

Better = Literal["lower", "higher"]
Conclusion = Literal["lower", "higher", "equivalent", "inconclusive"]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Effects an interval still allows, by whom they favour, as sizes (never negative); NaN if unknown.

    A benefit above `largest_benefit` or a harm above `largest_harm` is ruled out; so is any benefit or harm at all
    where that is 0, and so is a benefit below `smallest_benefit` or a harm below `smallest_harm`.
    """

    smallest_benefit: float
    largest_benefit: float
    smallest_harm: float
    largest_harm: float

    @property
    def any_benefit(self) -> bool:
        """Whether every benefit is ruled out."""
        return self.largest_benefit == 0

    @property
    def any_harm(self) -> bool:
        """Whether every harm is ruled out."""
        return self.largest_harm == 0


@dataclass(frozen=True, slots=True)
class Settled:
    """The participants that would settle a question, and as what, if the estimate stays where it is."""

    participants: float
    more: float
    as_: Literal["different", "equivalent"] | None
    """None where no number would: the estimate lies on the margin, or its error is unknown."""


def ruled_out(low: float, high: float, better: Better) -> RuledOut:
    """What an interval of a difference (treatment minus comparison) leaves possible.

    Parameters
    ----------
    low, high
        Its limits.
    better
        Which direction favours the programme.
    """
    if math.isnan(low) or math.isnan(high):
        return RuledOut(NAN, NAN, NAN, NAN)
    low, high = (-high, -low) if better == "lower" else (low, high)
    return RuledOut(max(low, 0.0), max(high, 0.0), max(-high, 0.0), max(-low, 0.0))


def conclusion(interval: tuple[float, float], margin: float | None = None) -> Conclusion:
    """What an interval of a difference says: lower, higher, too small to matter, or none of these.

    A difference that is significant is said to be lower or higher even when it is within the margin. The interval for
    "equivalent" is the same one, so at 95% each of the two one-sided tests is at 2.5%: stricter than Schuirmann's 5%.

    Parameters
    ----------
    interval
        Lower and upper limit; NaN is inconclusive. A limit of nought is inconclusive too.
    margin
        The smallest difference, either way, that would matter; without it nothing is called equivalent.

    Raises
    ------
    ValueError
        The margin is not above 0.
    """
    low, high = interval
    if margin is not None:
        _check(margin)
    if high < 0:
        return "lower"
    if low > 0:
        return "higher"
    if margin is not None and -margin < low and high < margin:
        return "equivalent"
    return "inconclusive"


def equivalence_p_value(estimate: float, std_error: float, margin: float, df: float = np.inf) -> float:
    """P-value of two one-sided tests that the difference is as large as the margin, either way. Schuirmann 1987.

    Small means that the difference is smaller than the margin. Unknown where the error is unknown or nought.

    Raises
    ------
    ValueError
        The margin is not above 0.
    """
    _check(margin)
    if not std_error > 0:
        return NAN
    inside = (margin - abs(estimate)) / std_error
    half = two_sided(inside, df) / 2
    return half if inside > 0 else 1 - half


def participants_to_settle(
    estimate: float,
    std_error: float,
    participants: float,
    margin: float | None = None,
    power: float = 0.5,
    confidence: float = 0.95,
) -> Settled:
    """How many participants would settle an inconclusive result, if the estimate stays where it is.

    The error falls with the square root of the number, the comparison growing alike. n (z se / d)² make a difference
    of d significant; n (z se / (margin − |d|))² put the interval inside the margin; the smaller number counts. With
    power above 0.5, z₁₋α/₂ + z_power stands for z. Settled already, `more` is 0.

    Parameters
    ----------
    estimate, std_error, participants
        The result so far.
    margin
        The smallest difference that would matter, either way.
    power
        Chance that the number suffices: half, unless more is asked for.

    Raises
    ------
    ValueError
        The margin is not above 0, or the power is not from 0.5 to 1.
    """
    if margin is not None:
        _check(margin)
    if not 0.5 <= power < 1:
        raise ValueError(f"A power lies between 0.5 and 1, not {power}.")
    if not std_error > 0 or math.isnan(estimate):
        return Settled(NAN, NAN, None)
    z = quantile(confidence) + (quantile(2 * power - 1) if power > 0.5 else 0.0)
    different = _people(abs(estimate), z * std_error, participants)
    alike = _people(margin - abs(estimate), z * std_error, participants) if margin is not None else math.inf
    fewest = min(different, alike)
    if math.isinf(fewest):
        return Settled(fewest, fewest, None)
    return Settled(
        fewest, max(fewest - participants, 0.0), "different" if different <= alike else "equivalent"
    )


def _people(room: float, half: float, participants: float) -> float:
    """Participants for whom the interval fits into the room between estimate and bound."""
    return math.ceil(participants * (half / room) ** 2 * (1 - 1e-12)) if room > 0 else math.inf


def _check(margin: float) -> None:
    if not margin > 0:
        raise ValueError(f"A margin is above 0, not {margin}.")
