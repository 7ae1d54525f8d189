"""What several answers together say about a few people, whatever the lists were that they came from.

Trackers (Denning & Schlörer 1979) put a few people into ever different company. The people of all lists are divided
into atoms; each answer bounds the sum over the atoms of its list; and of every group of small atoms it is asked whether
its number is still anything from nobody to everybody (the audit of Chin & Özsoyoğlu 1982).

No group is left out, however many there are: a possibility in which some small atoms have nobody with the event clears
every group of those. Only a group that meets each possibility found so far can be told about; the smallest such group
is looked for, and either a possibility without it is found or it is told about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array

from likeforlike.disclosure.ledger.atoms import Atoms, Ints

Places = NDArray[np.intp]
ROUNDS = (6, 50)
"""Fewest and most possibilities that are looked for; between them, fewer the more atoms there are."""
WORK = 3_000
NODES = 50
MOST_ATOMS = 1_000
"""With more the search could take minutes."""
INFEASIBLE = 2


class CannotTell(Exception):
    """The question is too big, or the answers contradict each other: nobody may say that all is well."""


@dataclass(frozen=True, slots=True)
class Said:
    """A range for how many people of a list had an event."""

    place: int
    """Of the list."""
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Told:
    """A few people about whom the answers together say something."""

    people: int
    least: int
    most: int
    lists: tuple[int, ...] = field(default=(), compare=False)
    """Places of the lists that any of them is in."""


def told_by_all(atoms: Atoms, said: Sequence[Said], threshold: int, asked: Ints | None = None) -> list[Told]:
    """A group of fewer people than the threshold of whom some had the event for certain, and one of whom some had not.

    Parameters
    ----------
    atoms
        The people of all lists.
    said
        What is published, or would be, about one event.
    threshold
        Fewest people of whom anything may be known.
    asked
        (lists,), numbers from 0 of the asked that the lists are of; it saves work where one has several.

    Raises
    ------
    CannotTell
        The question could not be decided.
    """
    rows = csr_array(atoms.member[[s.place for s in said]])
    people = rows @ atoms.size
    low, high = np.array([s.low for s in said]), np.array([s.high for s in said])
    own = _own(atoms, np.arange(atoms.member.shape[0]) if asked is None else asked, threshold - 1)
    if own is not None and _all_open(rows, atoms.size, low, high, own, threshold - 1):
        return []
    with_event = _Program(rows, atoms.size, low, high)
    without = _Program(rows, atoms.size, people - high, people - low)
    found: list[Told] = []
    for program in (with_event, without):
        union = program.never_empty(threshold)
        if union is not None:
            least, size = with_event.least(union), int(atoms.size[union].sum())
            lists = np.flatnonzero(atoms.member[:, union].sum(axis=1))
            told = Told(size, least, size - without.least(union), tuple(lists.tolist()))
            found += [told] if told not in found else []
    return found


@dataclass(frozen=True, slots=True)
class _Program:
    """Whole numbers of people with the event in each atom: up to its size, and with sums in the ranges."""

    rows: csr_array
    size: Ints
    low: Ints
    high: Ints

    def never_empty(self, threshold: int) -> Places | None:
        """The smallest group of small atoms, below the threshold, in which somebody has the event for certain."""
        small = self.size < threshold
        if not small.any() or self._one_without(small) is not None:
            return None
        if len(self.size) > MOST_ATOMS:
            raise CannotTell(f"{len(self.size)} groups of people in the same lists are too many to decide.")
        point = self.solved(small.astype(float), self.size)
        if point is None:
            raise CannotTell("The answers contradict each other.")
        points = [small & (point > 0)]
        for _ in range(min(max(ROUNDS[0], WORK // len(small)), ROUNDS[1])):
            union = _meets_all(points, self.size, threshold)
            if union is None:
                return None
            point = self.solved(small.astype(float), np.where(_mask(union, len(small)), 0, self.size))
            if point is None:
                return union
            points.append(small & (point > 0))
        raise CannotTell("There are too many groups of a few people to decide.")

    def least(self, union: Places) -> int:
        """Fewest with the event in a group of atoms."""
        point = self.solved(_mask(union, len(self.size)).astype(float), self.size)
        if point is None:
            raise CannotTell("The answers contradict each other.")
        return int(point[union].sum())

    def _one_without(self, small: NDArray[np.bool_]) -> Ints | None:
        """A possibility in which nobody in any small atom has the event: it settles most questions, and fast."""
        large = _Program(csr_array(self.rows[:, ~small]), self.size[~small], self.low, self.high)
        if not len(large.size):
            return None if self.low.any() else large.size
        return large.solved(np.zeros(len(large.size)), large.size)

    def solved(self, cost: NDArray[np.float64], most: Ints, least: Ints | int = 0) -> Ints | None:
        """The cheapest possibility with `least` to `most` in an atom, or nothing where there is none."""
        found = milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=Bounds(least, most),
            constraints=LinearConstraint(self.rows, self.low, self.high),
            # never the clock: the same question gets the same verdict on every machine
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        if found.status == INFEASIBLE:
            return None
        if found.status != 0:
            raise CannotTell("A program of the audit did not come to an end.")
        values: Ints = np.rint(found.x).astype(np.int64)
        return values


def _all_open(rows: csr_array, size: Ints, low: Ints, high: Ints, own: NDArray[np.bool_], spare: int) -> bool:
    """Whether one possibility shows at once that every group of a few people is open.

    In it, of each own atom, at least `spare` people have the event and as many have not. Then, whatever a group of no
    more people in small atoms is changed to, those can make good in every list.
    """
    people, lists = rows @ size, rows.sum(axis=0)
    share = rows.T @ ((low + high) / 2 / np.maximum(people, 1)) / np.maximum(lists, 1)
    small = size <= spare
    chance = np.random.default_rng(0).binomial(size[small], np.clip(share[small], 0, 1))
    return any(
        _leaves_room(rows, size, low, high, own, spare, few)
        for few in (np.rint(share[small] * size[small]).astype(np.int64), chance)
    )


def _leaves_room(
    rows: csr_array, size: Ints, low: Ints, high: Ints, own: NDArray[np.bool_], spare: int, few: Ints
) -> bool:
    """Whether such a possibility has these numbers in the small atoms."""
    small = size <= spare
    taken = rows[:, small] @ few
    least = np.where(own[~small], spare, 0)
    large = _Program(csr_array(rows[:, ~small]), size[~small], low - taken, high - taken)
    try:
        return large.solved(np.zeros(len(least)), size[~small] - least, least) is not None
    except CannotTell:
        return False


def _own(atoms: Atoms, asked: Ints, spare: int) -> NDArray[np.bool_] | None:
    """Large atoms in the lists of one request alone; nothing where any small atom lacks one.

    A small atom needs, for each request that it is in, one that is in the same lists of that request.
    """
    count = len(asked)
    weight = np.random.default_rng(1).integers(1, 2**52, size=count)
    which = csr_array((weight, (asked, np.arange(count))), shape=(int(asked.max()) + 1, count))
    pattern = csc_array(which @ atoms.member)
    atom = np.repeat(np.arange(len(atoms.size)), np.diff(pattern.indptr))
    own = (np.diff(pattern.indptr) == 1) & (atoms.size >= max(2 * spare, 1))
    needed = pattern.data[atoms.size[atom] <= spare]
    return own if np.isin(needed, pattern.data[own[atom]]).all() else None


def _mask(union: Places, length: int) -> NDArray[np.bool_]:
    mask = np.zeros(length, dtype=bool)
    mask[union] = True
    return mask


def _meets_all(points: Sequence[NDArray[np.bool_]], size: Ints, threshold: int) -> Places | None:
    """The fewest people in atoms of which each possibility has at least one; nothing if they are not few."""
    table = np.array(points)
    if not table.any(axis=1).all():
        return None
    used = np.flatnonzero(table.any(axis=0))
    found = milp(
        size[used],
        integrality=np.ones(len(used)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table[:, used].astype(float), 1, np.inf),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if found.status != 0:
        raise CannotTell("A program of the audit did not come to an end.")
    chosen: Places = used[found.x > 0.5]
    return chosen if size[chosen].sum() < threshold else None
