"""Which plan was sealed for whom before their outcomes were opened: a changed plan is a later version.

The people are recognised whatever file they came in: somebody left out or added does not make it another list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from likeforlike.disclosure.ledger.entry import Earlier
from likeforlike.disclosure.ledger.overlap import overlaps
from likeforlike.disclosure.ledger.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Sealed:
    """A plan that was written down before outcomes were opened."""

    at: datetime
    """When it was first sealed for this list."""
    version: int
    """1, and one more for each other plan whose outcomes had been opened before for most of the same people."""


def version_of(plan_sha256: str, people: Tokens, earlier: Iterable[Earlier]) -> int:
    """Which version a plan is, for people of whom half or more of either list are on both.

    Parameters
    ----------
    people
        Everybody on the list.
    earlier
        Entries of the ledger, oldest first; those where outcomes were opened count.
    """
    before: list[str] = []
    for each in earlier:
        if each.entry.what == "opened" and _mostly_the_same(people, each.persons):
            if each.entry.plan_sha256 == plan_sha256:
                break
            before.append(each.entry.plan_sha256)
    return 1 + len(set(before))


def _mostly_the_same(people: Tokens, others: Tokens) -> bool:
    return any(2 * found.both >= min(len(people), len(others)) for found in overlaps(people, [others]))
