"""What all answers together say of a small number that none tells: a hidden count, or how many more there were later.

A hidden number of few must stay anything from nobody to the most that is few. Of the people whom something befell
between two days a small number may not be known nearly: two lengths of follow-up of one list are a count of those
between. Ranges are those of the attacker's linear programs (Fischetti & Salazar 2001), over people in atoms and days.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron, vstack

from likeforlike.disclosure.ledger.answers import Answers
from likeforlike.disclosure.ledger.possible import CannotTell
from likeforlike.disclosure.ledger.submission import FEW

Floats = NDArray[np.float64]
TINY = 1e-6
MOST_TOLD = 3
"""Small numbers after which the search ends: one is enough to refuse."""
MOST_CELLS = 100_000
"""Lists times their groups of people times days, beyond which nobody waits for an answer."""
MOST_LOOKED = 200
"""Parts of the questions that are looked at; with more the search could take minutes."""
INFEASIBLE, SOLVED = 2, 0


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A small number that is known too nearly."""

    place: int
    """Of the list."""
    least: int
    most: int
    days: tuple[int, ...]
    """By which day, or between which."""


@dataclass(frozen=True, slots=True)
class _Question:
    place: int
    days: tuple[int, ...]
    row: csr_array
    """(1, variables): the number that is asked for."""
    least: float
    """It must be possible that there are no more than these."""
    most: float
    """It must be possible that there are no fewer than these."""
    near: int
    """Known to be between two numbers no further apart than this is too near; 0 where it may not be narrowed at all."""


def narrowed(answers: Answers, threshold: int) -> list[Narrowed]:
    """Small numbers that all answers together tell, or tell nearly.

    Raises
    ------
    CannotTell
        The answers contradict each other.
    """
    if not any(each.keep for each in answers.said) and len(answers.days) < 2:
        return []
    if answers.atoms.member.nnz * len(answers.days) > MOST_CELLS:
        raise CannotTell(f"{len(answers.lists)} lists that share people are too many to decide.")
    programs = _Programs.of(answers)
    asked = [*_kept(answers, programs, threshold), *_risen(answers, programs, threshold)]
    found: list[Narrowed] = []
    parts, looked = [asked], 0
    while parts and len(found) < MOST_TOLD:
        part = parts.pop()
        looked += 1
        if looked > MOST_LOOKED:
            raise CannotTell("There are too many small numbers to decide.")
        if not part or _all_open(part, programs):
            continue
        if len(part) > 1:
            parts += [part[len(part) // 2 :], part[: len(part) // 2]]
        else:
            found += _too_near(part[0], programs)
    return found


def _too_near(asked: _Question, programs: _Programs) -> Iterator[Narrowed]:
    least, most = programs.span(asked.row)
    near = most < asked.most and most - least < asked.near
    narrow = not asked.near and (least > asked.least or most < asked.most)
    if near or narrow:
        yield Narrowed(asked.place, least, most, asked.days)


def _kept(answers: Answers, programs: _Programs, threshold: int) -> Iterator[_Question]:
    for said in {(each.place, each.day, each.keep) for each in answers.said if each.keep}:
        place, day, keep = said
        size, few = len(answers.lists[place].tokens), threshold - 1
        ends = (0, min(few, size)) if keep == FEW else (max(size - few, 0), size)
        yield _Question(place, (day,), programs.number(place, day), *ends, near=0)


def _risen(answers: Answers, programs: _Programs, threshold: int) -> Iterator[_Question]:
    """Whom of each list it befell between two days of which anything is told of anybody."""
    for before, after in pairwise(answers.days):
        for place in range(len(answers.lists)):
            row = programs.number(place, after) - programs.number(place, before)
            yield _Question(place, (before, after), csr_array(row), math.inf, threshold, near=threshold // 2)


def _all_open(asked: Sequence[_Question], programs: _Programs) -> bool:
    """Whether one possibility has all numbers as small as they must be able to be, and another as large."""
    low, high = np.array([each.least for each in asked]), np.array([each.most for each in asked])
    rows = csr_array(vstack([each.row for each in asked]))
    none = np.full(len(asked), np.inf)
    return programs.can(rows, -none, low) and programs.can(rows, high, none)


@dataclass(frozen=True, slots=True)
class _Programs:
    """Numbers with the event in each atom by each day: up to its size, never fewer later, and sums in the ranges."""

    days: tuple[int, ...]
    member: csr_array
    """(lists, atoms)."""
    size: Floats
    """(variables,): atoms by the first day, then by the next."""
    rows: csr_array
    low: Floats
    high: Floats

    @classmethod
    def of(cls, answers: Answers) -> _Programs:
        days, (lists, atoms) = answers.days, answers.atoms.member.shape
        place = {day: i for i, day in enumerate(days)}
        lines = [place[each.day] * lists + each.place for each in answers.said]
        sums = csr_array(kron(eye_array(len(days)), answers.atoms.member))[lines]
        steps, variables = (len(days) - 1) * atoms, len(days) * atoms
        never_fewer = eye_array(steps, variables, k=atoms) - eye_array(steps, variables)
        low = [each.low for each in answers.said] + [0.0] * never_fewer.shape[0]
        high = [each.high for each in answers.said] + [np.inf] * never_fewer.shape[0]
        return cls(
            days,
            answers.atoms.member,
            np.tile(answers.atoms.size.astype(float), len(days)),
            csr_array(vstack([sums, never_fewer])),
            np.array(low, dtype=float),
            np.array(high, dtype=float),
        )

    def number(self, place: int, day: int) -> csr_array:
        """The row whose product is the number with the event in a list by a day."""
        at = np.zeros((1, len(self.days)))
        at[0, self.days.index(day)] = 1.0
        return csr_array(kron(at, self.member[[place]]))

    def can(self, rows: csr_array, low: Floats, high: Floats) -> bool:
        """Whether there is a possibility in which more ranges hold."""
        return self._solved(np.zeros(len(self.size)), rows, low, high) is not None

    def span(self, row: csr_array) -> tuple[int, int]:
        """The least and the most that a number can be."""
        cost = row.toarray()[0]
        none = np.empty(0)
        ends = [self._solved(side * cost, csr_array((0, len(cost))), none, none) for side in (1.0, -1.0)]
        if ends[0] is None or ends[1] is None:
            raise CannotTell("The answers contradict each other.")
        return math.ceil(ends[0] - TINY), math.floor(-ends[1] + TINY)

    def _solved(self, cost: Floats, rows: csr_array, low: Floats, high: Floats) -> float | None:
        """The least cost, or nothing where there is no possibility."""
        limits = csr_array(vstack([self.rows, rows]))
        least, most = np.concatenate([self.low, low]), np.concatenate([self.high, high])
        upper, lower = np.isfinite(most), np.isfinite(least)
        found = linprog(
            cost,
            A_ub=vstack([limits[upper], -limits[lower]]),
            b_ub=np.concatenate([most[upper], -least[lower]]),
            bounds=np.column_stack([np.zeros(len(self.size)), self.size]),
            method="highs",
        )
        if found.status == INFEASIBLE:
            return None
        if found.status != SOLVED:
            raise CannotTell("A program of the audit did not come to an end.")
        return float(found.fun)
