"""Whether the whole record is as it was written, and its head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from likeforlike_web.audit.chain import Entry, first_broken
from likeforlike_web.audit.merkle import root
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


def head() -> tuple[int, str]:
    """How many events there are, and the head of the tree over them."""
    hashes = [
        bytes.fromhex(value) for value in Event.objects.order_by("number").values_list("sha256", flat=True)
    ]
    return len(hashes), root(hashes).hex()
