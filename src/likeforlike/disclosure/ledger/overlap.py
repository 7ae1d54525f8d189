"""Two lists whose difference is a few people: what is said of one and the other is said of those few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from likeforlike.disclosure.ledger.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Overlap:
    """A new list beside an earlier one."""

    earlier: int
    """Place of the earlier list among those it was held against."""
    only_new: int
    only_earlier: int
    both: int

    def differs_by_few(self, threshold: int) -> bool:
        """Whether the lists share people and one has a few that the other has not."""
        few = any(0 < only < threshold for only in (self.only_new, self.only_earlier))
        return self.both > 0 and few

    @property
    def same(self) -> bool:
        """Whether both are about the same people."""
        return not self.only_new and not self.only_earlier


def overlaps(new: Tokens, earlier: Sequence[Tokens]) -> list[Overlap]:
    """The new list beside each earlier one that shares anybody with it; all lists in order, each person once."""
    if not len(new) or not earlier:
        return []
    everyone = np.concatenate(earlier)
    ends = np.cumsum([len(tokens) for tokens in earlier])
    place = np.minimum(np.searchsorted(new, everyone), len(new) - 1)
    shared = np.concatenate([[0], np.cumsum(new[place] == everyone)])
    both = np.diff(shared[np.concatenate([[0], ends])])
    return [
        Overlap(int(i), len(new) - int(both[i]), len(earlier[int(i)]) - int(both[i]), int(both[i]))
        for i in np.flatnonzero(both)
    ]
