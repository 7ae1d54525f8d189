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
from scipy.sparse import csr_array

from likeforlike.disclosure.ledger.atoms import Atoms, Ints
from likeforlike.disclosure.ledger.exchange import all_open
from likeforlike.disclosure.ledger.possible import NODES, CannotTell, Program
from likeforlike.disclosure.ledger.submission import Keep

Floats = NDArray[np.float64]
ROUNDS = (6, 50)
"""Fewest and most possibilities that are looked for; between them, fewer the more atoms there are."""
WORK = 3_000
MOST_ATOMS = 1_000
"""With more the search could take minutes."""


@dataclass(frozen=True, slots=True)
class Said:
    """A range for how many people of a list had an event."""

    place: int
    """Of the list."""
    low: int
    high: int
    day: int = 0
    """By which it had happened; 0 where it is not about time."""
    keep: Keep = ""
    """What it must stay unknown to be."""


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
    every = np.arange(atoms.member.shape[0]) if asked is None else asked
    with_event = Program(rows, atoms.size, low, high)
    if all_open(with_event, atoms, every, threshold - 1):
        return []
    without = Program(rows, atoms.size, people - high, people - low)
    found: list[Told] = []
    for program, other in ((with_event, without), (without, with_event)):
        some = never_without(program, threshold)
        if some is not None:
            people = int(some.sum())
            least, most = program.least(some), people - other.least(some)
            span = (least, most) if program is with_event else (people - most, people - least)
            lists = np.flatnonzero(atoms.member[:, some > 0].sum(axis=1))
            told = Told(people, *span, tuple(lists.tolist()))
            found += [told] if told not in found else []
    return found


def never_without(program: Program, threshold: int) -> Ints | None:
    """How many of each atom make the smallest group, below the threshold, with somebody in it who had the event."""
    most = np.minimum(program.size, threshold - 1)
    if _has_room(program, most):
        return None
    if len(program.size) > MOST_ATOMS:
        raise CannotTell(f"{len(program.size)} groups of people in the same lists are too many to decide.")
    some = np.zeros_like(program.size)
    rooms: list[Ints] = []
    lacked = np.ones(len(program.size))
    for _ in range(min(max(ROUNDS[0], WORK // len(program.size)), ROUNDS[1])):
        room = program.roomiest(most, some, lacked)
        if room is None and not rooms:
            raise CannotTell("The answers contradict each other.")
        if room is None:
            return some
        rooms.append(room)
        lacked += room < most
        beyond = _beyond_all(rooms, most, threshold)
        if beyond is None:
            return None
        some = beyond
    raise CannotTell("There are too many groups of a few people to decide.")


def _has_room(program: Program, most: Ints) -> bool:
    """Whether one possibility leaves that much room in every atom at once: it settles most questions, and fast."""
    return program.solved(np.zeros(len(program.size)), program.size - most) is not None


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
