"""The new groups beside each earlier one: differences must be nobody, or enough people.

The rule of the German research data centres for overlapping sub-groups, and the first answer to differencing
(Hundepool et al. 2012, *Statistical Disclosure Control*, chapter 5). It holds for every earlier request of every
organisation, whatever became of it: a refused one would otherwise be half of a difference that is let out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.ledger.entry import Earlier, groups_of
from likeforlike.disclosure.ledger.overlap import overlaps
from likeforlike.disclosure.ledger.submission import Kind, Submission

SHARE = 20
"""One in so many of the smaller group is the fewest people that two answers may differ by."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new group and another one that shares people with it; for staff only."""

    group: str
    other: str
    request: int
    """Number of the earlier entry; 0 for the new one itself."""
    status: str
    both: int
    only_here: int
    only_there: int
    few: bool
    """Whether one has a few people that the other has not."""

    @property
    def sentence(self) -> str:
        """What a checker reads."""
        whose = f"of request {self.request} ({self.status})" if self.request else "of this request"
        return (
            f"'{self.group}' and '{self.other}' {whose} share {self.both} people; "
            f"{self.only_here} are only here and {self.only_there} only there."
        )


def pairs(submission: Submission, earlier: Sequence[Earlier]) -> list[Pair]:
    """Every pair that shares people, a new group first.

    Lists are held against all lists. What is only counted, such as a step of the flow, is held against what was
    counted under the same name. What came of a list by matching is left to the joint audit. The fewest people that may
    make a difference are the submission's threshold; beside earlier requests also 5% of the smaller group.
    """
    here, threshold = submission.people, submission.threshold
    found = list(_within(submission, threshold))
    for overlap in overlaps(here.tokens, [each.tokens for each in earlier]):
        there = earlier[overlap.earlier]
        place = np.minimum(np.searchsorted(here.tokens, there.tokens), len(here.tokens) - 1)
        hit = here.tokens[place] == there.tokens
        both = here.members[place[hit]].T.astype(np.int64) @ there.members[hit].astype(np.int64)
        found += _found(groups_of(submission), there, both, threshold)
    return found


def _found(
    ours: tuple[tuple[str, int, Kind], ...], there: Earlier, both: NDArray[np.int64], threshold: int
) -> Iterable[Pair]:
    entry = there.entry
    for i, (name, size, kind) in enumerate(ours):
        for j, (other, their_size, their_kind) in enumerate(entry.groups):
            alike = (kind, their_kind) == ("list", "list") or (
                (kind, their_kind, name) == ("counted", "counted", other)
            )
            if both[i, j] and alike:
                least = max(threshold, -(-min(size, their_size) // SHARE))
                yield _pair(
                    (name, size), (other, their_size), int(both[i, j]), least, entry.number, entry.what
                )


def _within(submission: Submission, threshold: int) -> Iterable[Pair]:
    """Groups of the submission itself: one answer, so that the 5% do not apply."""
    told = [(n, size) for n, size, kind in groups_of(submission) if kind == "list"]
    members = submission.people.members[:, [kind == "list" for kind in submission.kinds]]
    both = members.T.astype(np.int64) @ members.astype(np.int64)
    for i, one in enumerate(told):
        for j, other in enumerate(told[:i]):
            if both[i, j]:
                yield _pair(one, other, int(both[i, j]), threshold, 0, "")


def _pair(
    one: tuple[str, int], other: tuple[str, int], both: int, least: int, request: int, status: str
) -> Pair:
    only = (one[1] - both, other[1] - both)
    few = any(0 < people < least for people in only)
    return Pair(one[0], other[0], request, status, both, *only, few)
