"""Noise on the headline count, where a lab has it on: discrete Laplace, drawn once and kept.

It is the only defence against a submitter who knows the outcome of everyone on the list but one. What is protected is
one person's outcome: changing it moves the count by one, so that the scale is one over epsilon (Ghosh, Roughgarden
and Sundararajan 2009). OpenDP draws it, exactly and from the machine's own randomness.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.ledger.tokens import Tokens
from likeforlike.errors import Refused
from likeforlike.hashes import sha256_of

NO_BUDGET = "We cannot give a result for this list: what may be said about these people has been said."
Draw = Callable[[int, float], int]
"""From a count and epsilon to the count with noise."""


@dataclass(frozen=True, slots=True)
class Noisy:
    """A count with noise, as it is entered in the ledger before anybody sees it."""

    question: str
    """Hash of what was asked, about whom."""
    value: int
    """Anything from nobody to all of them."""
    epsilon: float


@dataclass(frozen=True, slots=True)
class Counted:
    """A group of whom the number with an event is told with noise."""

    group: str
    rows: str
    """The rows of the list that it was chosen from."""
    had: Tokens = field(repr=False)
    """Of those with the event, in order."""
    otherwise: float
    """The share that is taken of people at whom nobody may look any more: that of people like them."""

    def events(self, tokens: Tokens, left: NDArray[np.bool_]) -> int:
        """How many of the group had it, as far as anybody may look."""
        had = np.isin(tokens, self.had, assume_unique=True)
        return int((had & left).sum()) + round(self.otherwise * int((~left).sum()))


def has_left(
    spent: Iterable[tuple[NDArray[np.bool_], float]], people: int, asked: float, budget: float
) -> NDArray[np.bool_]:
    """(people,) whose budget reaches for what is asked.

    Parameters
    ----------
    spent
        Of each earlier draw: whom it was about, (people,), and its epsilon.
    """
    draws = list(spent)
    about = np.array([mask for mask, _ in draws], dtype=bool).reshape(len(draws), people)
    sorts, which = np.unique(about.T, axis=0, return_inverse=True)
    enough = [
        affordable([e for hit, (_, e) in zip(sort, draws, strict=True) if hit], asked, budget)
        for sort in sorts
    ]
    return np.array(enough, dtype=bool)[which.reshape(-1)]


def question_of(tokens: Tokens, measure: str, vintage: str) -> str:
    """The same people and the same measure of the same records: one question, whatever the study is called.

    Parameters
    ----------
    tokens
        Of everyone analysed, in order.
    """
    return sha256_of([np.asarray(tokens, dtype=">u8").tobytes().hex(), measure, vintage])


def affordable(spent: Iterable[float], asked: float, budget: float) -> bool:
    """Whether what was spent before and what is asked now are within the budget, in the decimals as written.

    Epsilons of answers about the same person add up (Dwork and Roth 2014, theorem 3.16).
    """
    parts = [_exact(epsilon) for epsilon in (*spent, asked)]
    return min(parts) >= 0 and sum(parts) <= _exact(budget)


def noisy_count(
    events: int,
    people: int,
    epsilon: float,
    question: str,
    *,
    earlier: Iterable[Noisy],
    spent: Iterable[float],
    budget: float,
    draw: Draw | None = None,
) -> Noisy:
    """The answer that was given before to the same question, or a new draw.

    The caller enters a new one in the ledger before it is shown, and refuses where the ledger cannot be written.

    Parameters
    ----------
    events, people
        How many had the event, of how many.
    earlier
        Every draw of the ledger.
    spent
        Epsilons of earlier draws about any of the same rows.
    draw
        OpenDP's, if not given.

    Raises
    ------
    Refused
        The budget does not reach.
    """
    if not 0 <= events <= people or not epsilon > 0:
        raise ValueError("Events must be among the people, and epsilon above zero.")
    for old in earlier:
        if old.question == question:
            return old
    if not affordable(spent, epsilon, budget):
        raise Refused(NO_BUDGET, "The budget for noise is spent.")
    value = (draw or discrete_laplace)(events, epsilon)
    return Noisy(question, min(max(value, 0), people), epsilon)


def discrete_laplace(count: int, epsilon: float) -> int:
    """The count with noise of scale 1/epsilon."""
    import opendp.prelude as dp

    dp.enable_features("contrib")
    space = dp.atom_domain(T=int), dp.absolute_distance(T=int)
    return int(dp.m.make_laplace(*space, scale=1 / epsilon)(count))


def standard_deviation(epsilon: float) -> float:
    """Of the noise, in people."""
    return math.sqrt(2 * math.exp(-epsilon)) / (1 - math.exp(-epsilon))


def attacker_right(epsilon: float) -> float:
    """Most often that somebody who knows all the others is right about the one, as a share."""
    return 1 / (1 + math.exp(-epsilon))


def usually_within(epsilon: float) -> int:
    """People: two standard deviations of the noise."""
    return math.ceil(2 * standard_deviation(epsilon))


def said_of(epsilon: float) -> str:
    """The sentence that is printed beside a count with noise."""
    return (
        f"We added random noise to this number of people (epsilon {epsilon:g}): it is usually within "
        f"{usually_within(epsilon)} of the true one."
    )


def _exact(number: float) -> Fraction:
    return Fraction(str(number))
