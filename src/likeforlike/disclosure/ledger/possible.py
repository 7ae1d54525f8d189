"""Possibilities: how many people of each atom may have had the event, as far as all answers allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from likeforlike.disclosure.ledger.atoms import Ints

Floats = NDArray[np.float64]
NODES = 50
INFEASIBLE = 2


class CannotTell(Exception):
    """The question is too big, or the answers contradict each other: nobody may say that all is well."""


@dataclass(frozen=True, slots=True)
class Program:
    """Whole numbers of people with the event in each atom: up to its size, and with sums in the ranges."""

    rows: csr_array
    """(answers, atoms), 1 where the atom's people are in the answer's list."""
    size: Ints
    """(atoms,) people."""
    low: Ints
    high: Ints
    """(answers,) range of each."""

    def least(self, some: Ints) -> int:
        """Fewest with the event among so many of each atom: those whom the others of the atom cannot stand for."""
        used = np.flatnonzero(some)
        atoms, count = len(self.size), len(used)
        pick = csr_array((np.ones(count), (np.arange(count), used)), shape=(count, atoms))
        rows = block_array([[self.rows, None], [pick, -eye_array(count)]])
        high = np.concatenate([self.high, (self.size - some)[used]])
        low = np.concatenate([self.low, np.full(count, -np.inf)])
        cost = np.concatenate([np.zeros(atoms), np.ones(count)])
        point = solve(cost, rows, (low, high), Bounds(0, np.concatenate([self.size, some[used]])))
        if point is None:
            raise CannotTell("The answers contradict each other.")
        return int(point[atoms:].sum())

    def roomiest(self, most: Ints, some: Ints, weight: Floats) -> Ints | None:
        """Room in each atom (people without the event) of the possibility with the most of it, up to `most` in each.

        Nothing where none has room for `some` of each.
        """
        atoms = len(self.size)
        unit = eye_array(atoms)
        rows = block_array([[self.rows, None], [unit, unit]])
        low = np.concatenate([self.low, np.full(atoms, -np.inf)])
        high = np.concatenate([self.high, self.size])
        cost = np.concatenate([np.zeros(atoms), -weight])
        point = solve(
            cost, rows, (low, high), Bounds(np.zeros(2 * atoms), np.concatenate([self.size - some, most]))
        )
        return None if point is None else self.size - point[:atoms]

    def solved(self, cost: Floats, most: Ints, least: Ints | int = 0) -> Ints | None:
        """The cheapest possibility with `least` to `most` in an atom, or nothing where there is none."""
        return solve(cost, self.rows, (self.low, self.high), Bounds(least, most))


def solve(
    cost: Floats, rows: csr_array, limits: tuple[Ints | Floats, Ints | Floats], bounds: Bounds
) -> Ints | None:
    """A mixed-integer program, or nothing where it has no solution; raises `CannotTell` where it comes to no end."""
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
