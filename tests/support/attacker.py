"""What an attacker can conclude about a few people from all answers: by programs of its own, not the lab's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from support.attacked_lab import People, Told


@dataclass(frozen=True)
class Learned:
    """Of how many of the targets the outcome is possible, at least and at most."""

    targets: int
    least: int
    most: int

    @property
    def nothing(self) -> bool:
        """Whether anything from nobody to everybody is left."""
        return (self.least, self.most) == (0, self.targets)

    def __str__(self) -> str:
        if self.nothing:
            return f"nothing of {self.targets}"
        return f"{self.least} to {self.most} of {self.targets}"


def conclude(
    targets: Collection[str], answers: Sequence[Told | None], known: Mapping[str, bool] | None = None
) -> Learned:
    """Bounds on the number of targets with the outcome, from everything told together and what was known before."""
    known, told = known or {}, [answer for answer in answers if answer is not None]
    people: list[str] = sorted(set(targets).union(*(answer.people for answer in told)))
    atoms: dict[tuple[bool, ...], list[str]] = {}
    for person in people:
        membership = [person in answer.people for answer in told]
        sort = (*membership, person in set(targets), person in known, known.get(person, False))
        atoms.setdefault(sort, []).append(person)
    member = np.array(list(atoms), dtype=float)
    size = np.array([len(group) for group in atoms.values()], dtype=float)
    aim, fixed, value = member[:, -3], member[:, -2] > 0, member[:, -1]
    bounds = Bounds(np.where(fixed, size * value, 0), np.where(fixed, size * value, size))
    limits = [LinearConstraint(member[:, i], answer.least, answer.most) for i, answer in enumerate(told)]
    ends = []
    for sign in (1, -1):
        found = milp(sign * aim, integrality=np.ones(len(size)), bounds=bounds, constraints=limits)
        assert found.status == 0, found.message
        ends.append(round(sign * found.fun))
    return Learned(len(set(targets)), ends[0], ends[1])


def least_ignorant(groups: Sequence[People], answers: Sequence[Told | None]) -> Learned:
    """What is known best of any of these groups."""
    return max(
        (conclude(group, answers) for group in groups),
        key=lambda learned: learned.least + learned.targets - learned.most,
    )
