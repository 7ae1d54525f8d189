"""The tree over all entries whose head is published: RFC 6962, section 2.1.

Whoever kept an earlier head can see that nothing before it was changed, and that an entry is in the tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"


def root(leaves: Sequence[bytes]) -> bytes:
    """The head of a tree over these leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = _split(len(leaves))
    return _node(root(leaves[:split]), root(leaves[split:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What proves that the leaf at `index` is in the tree: the audit path, from the bottom up."""
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion(index, leaves[:split]), root(leaves[split:])]
    return [*inclusion(index - split, leaves[split:]), root(leaves[:split])]


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether a path proves that a leaf is in the tree of this head (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf_hash(leaf)
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = _node(step, found)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            found = _node(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == head


def consistency(earlier: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What proves that the tree of the first `earlier` leaves is part of the tree of all."""
    return _consistency(earlier, leaves, whole=True) if 0 < earlier < len(leaves) else []


def _consistency(earlier: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    size = len(leaves)
    if earlier == size:
        return [] if whole else [root(leaves)]
    split = _split(size)
    if earlier <= split:
        return [*_consistency(earlier, leaves[:split], whole=whole), root(leaves[split:])]
    return [*_consistency(earlier - split, leaves[split:], whole=False), root(leaves[:split])]


class Growing:
    """The head of a tree that only grows: each leaf is hashed once, however often the head is asked for."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Put a leaf at the end."""
        size, node = 1, leaf_hash(leaf)
        while self._peaks and self._peaks[-1][0] == size:
            node = _node(self._peaks.pop()[1], node)
            size *= 2
        self._peaks.append((size, node))
        self.size += 1

    def root(self) -> bytes:
        """The head over all leaves so far, as `root` has it."""
        if not self._peaks:
            return root([])
        *left, (_, found) = self._peaks
        for _, peak in reversed(left):
            found = _node(peak, found)
        return found


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf, which no inner node can have."""
    return hashlib.sha256(LEAF + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
