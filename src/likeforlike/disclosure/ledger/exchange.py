"""Whether one possibility shows at once that nothing is told of any few people.

In it some atoms, the *rooms*, have people to spare who had the event and who had not. If one person more with the event
in any other atom can be made good in every list by changes of the rooms alone, and they have enough to spare for as
many such changes as a few people are, then any few people can be anything: the exchange that a tracker lacks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular
from scipy.sparse import csc_array, csr_array

from likeforlike.disclosure.ledger.atoms import Atoms, Ints
from likeforlike.disclosure.ledger.possible import CannotTell, Program

Mask = NDArray[np.bool_]
MOST_CELLS = 4_000_000
"""Answers times atoms, up to which rooms are looked for by linear algebra."""
TINY = 1e-6


def all_open(program: Program, atoms: Atoms, asked: Ints, spare: int) -> bool:
    """Whether such a possibility is found; if not, nothing is known yet.

    Parameters
    ----------
    atoms
        Those of the program.
    asked
        (lists,) numbers from 0 of the requests that the lists are of.
    spare
        The most people that are few.
    """
    rooms = _own_rooms(atoms, asked, spare)
    if rooms is not None:
        return _leaves(program, rooms, np.full(rooms.sum(), spare), spare)
    if np.prod(program.rows.shape) > MOST_CELLS:
        return False
    found = _independent(program, spare)
    return found is not None and _leaves(program, *found, spare)


def _own_rooms(atoms: Atoms, asked: Ints, spare: int) -> Mask | None:
    """Large atoms in the lists of one request alone, if every other atom has one for each request that it is in."""
    count = len(asked)
    weight = np.random.default_rng(1).integers(1, 2**52, size=count)
    which = csr_array((weight, (asked, np.arange(count))), shape=(int(asked.max()) + 1, count))
    pattern = csc_array(which @ atoms.member)
    requests = np.diff(pattern.indptr)
    own = (requests == 1) & (atoms.size >= max(2 * spare, 1))
    atom = np.repeat(np.arange(len(atoms.size)), requests)
    needed = pattern.data[~own[atom]]
    return own if np.isin(needed, pattern.data[own[atom]]).all() else None


def _independent(program: Program, spare: int) -> tuple[Mask, Ints] | None:
    """Atoms of whose lists every other atom's are sums and differences, and how many each must have to spare.

    Found by a pivoted QR decomposition that prefers large atoms; nothing where a change would need part of a person.
    """
    size = program.size.astype(float)
    triangle, order = qr(program.rows.toarray() * size, mode="r", pivoting=True)
    rank = int((np.abs(np.diag(triangle)) > TINY * np.abs(triangle[0, 0])).sum())
    basis, others = order[:rank], order[rank:]
    change = solve_triangular(triangle[:rank, :rank], triangle[:rank, rank:])
    change *= size[basis][:, None] / size[others]
    whole = np.rint(change)
    if np.abs(change - whole).max(initial=0) > TINY:
        return None
    spared = np.zeros(len(size), dtype=np.int64)
    spared[basis] = spare * np.abs(whole).max(axis=1, initial=1).astype(np.int64)
    rooms = spared > 0
    return (rooms, spared[rooms]) if (2 * spared <= program.size).all() else None


def _leaves(program: Program, rooms: Mask, spared: Ints, spare: int) -> bool:
    """Whether a possibility is found in which the rooms have so many to spare of either kind."""
    rows, size = program.rows, program.size
    people, lists = rows @ size, rows.sum(axis=0)
    share = rows.T @ ((program.low + program.high) / 2 / np.maximum(people, 1)) / np.maximum(lists, 1)
    small = ~rooms & (size < 2 * spare)
    guess = np.rint(share * size).astype(np.int64)
    chance = np.random.default_rng(0).binomial(size, np.clip(share, 0, 1))
    least = np.zeros(len(size), dtype=np.int64)
    least[rooms] = spared
    # most questions are settled with the small atoms as they are likely to be; the rest with all of them free
    for fixed, few in ((small, guess), (small, chance), (np.zeros_like(small), guess)):
        taken, free = rows[:, fixed] @ few[fixed], ~fixed
        rest = Program(csr_array(rows[:, free]), size[free], program.low - taken, program.high - taken)
        try:
            if rest.solved(np.zeros(len(rest.size)), (size - least)[free], least[free]) is not None:
                return True
        except CannotTell:
            continue
    return False
