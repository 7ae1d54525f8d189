"""What several answers together say about a few people, whatever the lists were that they came from.

Trackers (Denning & Schlörer 1979) put a few people into ever different company. The people of all lists are divided
into atoms; each answer bounds the sum over the atoms of its list; and of every few people it is asked whether their
number is still anything from nobody to everybody (the audit of Chin & Özsoyoğlu 1982). A few people may be any part of
any atoms: of eleven who all had the event, any nine did.

No such group is left out, however many there are: a possibility clears every group for which the others of its atoms
can hold all who had the event. Only a group that no possibility found so far has cleared can be told about; the
smallest such group is looked for, and either a possibility that clears it is found or it is told about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csc_array, csr_array, eye_array

from likeforlike.disclosure.ledger.atoms import Atoms, Ints

Floats = NDArray[np.float64]
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
    """Fewer people than the threshold of whom some had the event for certain, and such of whom some had not.

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
    own = _own_room(atoms, np.arange(atoms.member.shape[0]) if asked is None else asked, threshold - 1)
    if own and _all_open(rows, atoms.size, low, high, threshold - 1):
        return []
    with_event = _Program(rows, atoms.size, low, high)
    without = _Program(rows, atoms.size, people - high, people - low)
    found: list[Told] = []
    for program, other in ((with_event, without), (without, with_event)):
        some = program.never_without(threshold)
        if some is not None:
            people = int(some.sum())
            least, most = program.least(some), people - other.least(some)
            span = (least, most) if program is with_event else (people - most, people - least)
            lists = np.flatnonzero(atoms.member[:, some > 0].sum(axis=1))
            told = Told(people, *span, tuple(lists.tolist()))
            found += [told] if told not in found else []
    return found


@dataclass(frozen=True, slots=True)
class _Program:
    """Whole numbers of people with the event in each atom: up to its size, and with sums in the ranges."""

    rows: csr_array
    size: Ints
    low: Ints
    high: Ints

    def never_without(self, threshold: int) -> Ints | None:
        """How many of each atom make the smallest group, below the threshold, with somebody in it who had the event."""
        most = np.minimum(self.size, threshold - 1)
        if self._with_room(most):
            return None
        if len(self.size) > MOST_ATOMS:
            raise CannotTell(f"{len(self.size)} groups of people in the same lists are too many to decide.")
        few = (self.size < 2 * threshold).astype(float)
        point = self.solved(few, self.size)
        if point is None:
            raise CannotTell("The answers contradict each other.")
        rooms = [self.size - point]
        for _ in range(min(max(ROUNDS[0], WORK // len(self.size)), ROUNDS[1])):
            some = _beyond_all(rooms, most, threshold)
            if some is None:
                return None
            point = self.solved(few, self.size - some)
            if point is None:
                return some
            rooms.append(self.size - point)
        raise CannotTell("There are too many groups of a few people to decide.")

    def least(self, some: Ints) -> int:
        """Fewest with the event among so many of each atom: those whom the others of the atom cannot stand for."""
        used = np.flatnonzero(some)
        atoms, count = len(self.size), len(used)
        pick = csr_array((np.ones(count), (np.arange(count), used)), shape=(count, atoms))
        rows = block_array([[self.rows, None], [pick, -eye_array(count)]])
        high = np.concatenate([self.high, (self.size - some)[used]])
        low = np.concatenate([self.low, np.full(count, -np.inf)])
        cost = np.concatenate([np.zeros(atoms), np.ones(count)])
        point = _solve(cost, rows, (low, high), Bounds(0, np.concatenate([self.size, some[used]])))
        if point is None:
            raise CannotTell("The answers contradict each other.")
        return int(point[atoms:].sum())

    def _with_room(self, most: Ints) -> bool:
        """Whether one possibility leaves that much room in every atom at once: it settles most questions, and fast."""
        return self.solved(np.zeros(len(self.size)), self.size - most) is not None

    def solved(self, cost: Floats, most: Ints, least: Ints | int = 0) -> Ints | None:
        """The cheapest possibility with `least` to `most` in an atom, or nothing where there is none."""
        return _solve(cost, self.rows, (self.low, self.high), Bounds(least, most))


def _solve(
    cost: Floats, rows: csr_array, limits: tuple[Ints | Floats, Ints | Floats], bounds: Bounds
) -> Ints | None:
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=bounds,
        constraints=LinearConstraint(rows, *limits),
        # never the clock: the same question gets the same verdict on every machine
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if found.status == INFEASIBLE:
        return None
    if found.status != 0:
        raise CannotTell("A program of the audit did not come to an end.")
    values: Ints = np.rint(found.x).astype(np.int64)
    return values


def _all_open(rows: csr_array, size: Ints, low: Ints, high: Ints, spare: int) -> bool:
    """Whether one possibility shows at once that every group of a few people is open.

    In it, of each large atom, at least `spare` people have the event and as many have not, and those of own atoms can
    make good in every list whatever no more people in small atoms are changed to.
    """
    people, lists = rows @ size, rows.sum(axis=0)
    share = rows.T @ ((low + high) / 2 / np.maximum(people, 1)) / np.maximum(lists, 1)
    small = size < 2 * spare
    chance = np.random.default_rng(0).binomial(size[small], np.clip(share[small], 0, 1))
    return any(
        _leaves_room(rows, size, low, high, spare, few)
        for few in (np.rint(share[small] * size[small]).astype(np.int64), chance)
    )


def _leaves_room(rows: csr_array, size: Ints, low: Ints, high: Ints, spare: int, few: Ints) -> bool:
    """Whether such a possibility has these numbers in the small atoms."""
    small = size < 2 * spare
    taken = rows[:, small] @ few
    least = np.full((~small).sum(), spare)
    large = _Program(csr_array(rows[:, ~small]), size[~small], low - taken, high - taken)
    try:
        return large.solved(np.zeros(len(least)), size[~small] - least, least) is not None
    except CannotTell:
        return False


def _own_room(atoms: Atoms, asked: Ints, spare: int) -> bool:
    """Whether each small atom has, for each request that it is in, a large one in just the same lists of that."""
    count = len(asked)
    weight = np.random.default_rng(1).integers(1, 2**52, size=count)
    which = csr_array((weight, (asked, np.arange(count))), shape=(int(asked.max()) + 1, count))
    pattern = csc_array(which @ atoms.member)
    atom = np.repeat(np.arange(len(atoms.size)), np.diff(pattern.indptr))
    large = atoms.size >= max(2 * spare, 1)
    own = (np.diff(pattern.indptr) == 1) & large
    needed = pattern.data[~large[atom]]
    return bool(np.isin(needed, pattern.data[own[atom]]).all())


def _beyond_all(rooms: Sequence[Ints], most: Ints, threshold: int) -> Ints | None:
    """The fewest people, as many of each atom, for whom no possibility found so far has room; nothing if not few."""
    needed = np.array(rooms) + 1
    reach = needed <= most
    if not reach.any(axis=1).all():
        return None
    level = np.unique(np.stack([np.nonzero(reach)[1], needed[reach]]), axis=1)
    atom, people = level
    clears = reach[:, atom] & (needed[:, atom] <= people)
    found = milp(
        people,
        integrality=np.ones(len(people)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(clears.astype(float), 1, np.inf),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if found.status != 0:
        raise CannotTell("A program of the audit did not come to an end.")
    chosen = found.x > 0.5
    if people[chosen].sum() >= threshold:
        return None
    some = np.zeros(len(most), dtype=np.int64)
    np.maximum.at(some, atom[chosen], people[chosen])
    return some
