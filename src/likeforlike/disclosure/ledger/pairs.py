"""The new groups beside each earlier one: differences must be nobody, or enough people.

The rule of the German research data centres for overlapping sub-groups, and the first answer to differencing
(Hundepool et al. 2012, *Statistical Disclosure Control*, chapter 5). It holds for every earlier request of every
organisation, whatever became of it: a refused one would otherwise be half of a difference that is let out.

Whether it holds must not itself tell who is in the records. Where somebody chose other rows for one list than for the
other, a difference of nobody is as telling as one of a few: nine people who are added and change nothing are not in
the records, all of them. So those who are then different must be enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.ledger.entry import Earlier, groups_of
from likeforlike.disclosure.ledger.overlap import overlaps
from likeforlike.disclosure.ledger.submission import Kind, Submission, as_sent_of

SHARE = 20
"""One in so many of the smaller group is the fewest people that two answers may differ by."""
KNOWN = 3
"""People of a difference whom somebody may know: besides them it must be of as many as the threshold."""
Groups = Sequence[tuple[str, int, Kind]]
Both = NDArray[np.int64]
"""(groups, groups), people in both."""


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
    """Whether one has a few people that the other has not, or nobody though other rows were sent."""

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
    make a difference are the submission's threshold and `KNOWN` more; beside earlier requests also 5% of the smaller
    group.
    """
    here = submission.people
    ours = groups_of(submission)
    least = submission.threshold + KNOWN
    members = here.members.astype(np.int64)
    found = list(_found(ours, ours, members.T @ members, least))
    for overlap in overlaps(here.tokens, [each.tokens for each in earlier]):
        there = earlier[overlap.earlier]
        place = np.minimum(np.searchsorted(here.tokens, there.tokens), len(here.tokens) - 1)
        hit = here.tokens[place] == there.tokens
        both = here.members[place[hit]].T.astype(np.int64) @ there.members[hit].astype(np.int64)
        found += _found(ours, there.entry.groups, both, least, there)
    return found


def _found(
    ours: Groups, theirs: Groups, both: Both, least: int, there: Earlier | None = None
) -> Iterable[Pair]:
    mine, others = _chosen_from(ours), _chosen_from(theirs)
    entry = (there.entry.number, there.entry.what) if there else (0, "")
    for i, (name, size, kind) in enumerate(ours):
        for j, (other, their_size, their_kind) in enumerate(theirs[:i] if there is None else theirs):
            lists = (kind, their_kind) == ("list", "list")
            if not both[i, j] or not (lists or (kind, their_kind, name) == ("counted", "counted", other)):
                continue
            enough = least if there is None else max(least, -(-min(size, their_size) // SHARE))
            only = (size - int(both[i, j]), their_size - int(both[i, j]))
            rows = _rows_apart(mine.get(name), others.get(other), both)
            few = any((some or sent) and some < enough for some, sent in zip(only, rows, strict=True))
            yield Pair(name, other, *entry, int(both[i, j]), *only, few)


def _chosen_from(groups: Groups) -> dict[str, tuple[int, int]]:
    """By group: place and number of the rows that it was chosen from."""
    place = {name: (i, size) for i, (name, size, _) in enumerate(groups)}
    return {name: place[as_sent_of(name)] for name in place if as_sent_of(name) in place}


def _rows_apart(mine: tuple[int, int] | None, other: tuple[int, int] | None, both: Both) -> tuple[int, int]:
    """Rows that only one of two groups was chosen from; none where the provider did not choose."""
    if mine is None or other is None:
        return 0, 0
    shared = int(both[mine[0], other[0]])
    return mine[1] - shared, other[1] - shared
