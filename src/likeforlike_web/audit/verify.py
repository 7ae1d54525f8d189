"""Whether the whole record is as it was written, and its head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from likeforlike_web.audit.chain import Entry, first_broken
from likeforlike_web.audit.merkle import Growing, root
from likeforlike_web.audit.models import Event


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found."""

    events: int
    head: str
    """Head of the Merkle tree over the entries' hashes."""
    broken: str
    """What is wrong with the first entry that is not as it was written; empty if none is."""


def verify(upto: int | None = None) -> Verified:
    """Go through every event, or those up to a number."""
    found = Event.objects.order_by("number")
    if upto is not None:
        found = found.filter(number__lte=upto)
    hashes: list[bytes] = []

    def each() -> Iterator[tuple[Entry, str]]:
        for event in found.iterator(chunk_size=2_000):
            hashes.append(bytes.fromhex(event.sha256) if len(event.sha256) == 64 else b"")
            yield event.entry(), event.sha256

    broken = first_broken(each())
    return Verified(events=len(hashes), head=root(hashes).hex(), broken=broken)


class _Head:
    """What this process knows of the record's head, and of the event up to which it knows it."""

    def __init__(self) -> None:
        self.tree, self.number, self.sha256 = Growing(), 0, ""

    def follow(self) -> tuple[int, str]:
        """Take in what was added since; begin again if the record is not the one that was known."""
        if self.number and not Event.objects.filter(number=self.number, sha256=self.sha256).exists():
            self.tree, self.number, self.sha256 = Growing(), 0, ""
        added = (
            Event.objects.filter(number__gt=self.number).order_by("number").values_list("number", "sha256")
        )
        for number, sha256 in added.iterator(chunk_size=2_000):
            self.tree.add(bytes.fromhex(sha256))
            self.number, self.sha256 = number, sha256
        return self.tree.size, self.tree.root().hex()


_head, _alone = _Head(), Lock()


def head() -> tuple[int, str]:
    """How many events there are, and the head of the tree over them."""
    with _alone:
        return _head.follow()
