"""What several answers together say about a few people, whatever the lists were that they came from.

Trackers (Denning & Schlörer 1979) put a few people into ever different company. The people of all lists are divided
into atoms; each answer bounds the sum over the atoms of its list; and for each small atom it is asked whether its
number is still anything from nobody to everybody (the audit of Chin & Özsoyoğlu 1982).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from likeforlike.disclosure.cells.attacker import Attacker
from likeforlike.disclosure.ledger.atoms import Atoms

MOST_TOGETHER = 3
"""Small atoms that are looked at together; with more, the sums say less of each."""
MOST_UNIONS = 2_000


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


def told_by_all(atoms: Atoms, said: Sequence[Said], threshold: int) -> list[Told]:
    """Groups of fewer people than the threshold whose number with the event is not left open.

    Parameters
    ----------
    atoms
        The people of all lists.
    said
        What is published, or would be, about one event.
    threshold
        Fewest people of whom anything may be known.
    """
    small = np.flatnonzero(atoms.size < threshold)
    unions = _unions(atoms, small, threshold)
    if not unions:
        return []
    attacker = _attacker(atoms, said, unions)
    first = len(atoms.size) + len(said)
    found = []
    for i, union in enumerate(unions):
        people = int(atoms.size[list(union)].sum())
        if not attacker.reaches(first + i, 0, people):
            span = attacker.range_of(first + i)
            found.append(Told(people, int(span.least), int(span.most)))
    return found


def _unions(atoms: Atoms, small: np.ndarray, threshold: int) -> list[tuple[int, ...]]:
    """Small atoms, alone and together, as long as they stay small."""
    found: list[tuple[int, ...]] = []
    for together in range(1, MOST_TOGETHER + 1):
        for union in combinations(small.tolist(), together):
            if atoms.size[list(union)].sum() < threshold:
                found.append(union)
            if len(found) >= MOST_UNIONS:
                return found
    return found


def _attacker(atoms: Atoms, said: Sequence[Said], unions: list[tuple[int, ...]]) -> Attacker:
    """Atoms, then what is said of lists, then unions: each of the latter the sum of its atoms."""
    size = len(atoms.size)
    lists = atoms.member[[s.place for s in said]]
    rows = np.repeat(np.arange(len(unions)), [len(union) for union in unions])
    columns = np.array([atom for union in unions for atom in union])
    groups = csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(unions), size))
    sums = vstack([lists, groups])
    relations = csr_array(hstack([sums, -eye_array(sums.shape[0])]))
    people = groups @ atoms.size
    low = np.concatenate([np.zeros(size), [s.low for s in said], np.zeros(len(unions))])
    high = np.concatenate([atoms.size, [s.high for s in said], people])
    return Attacker(relations, low, high)
