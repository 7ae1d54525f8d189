"""An entry's hash, over its content and the hash of the entry before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from likeforlike.hashes import sha256_of

GENESIS = "0" * 64
"""Stands where the first entry would hold the hash of the one before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is hashed of an event."""

    number: int
    at: str
    actor: str
    kind: str
    case: str
    subject: str
    facts: str
    """Canonical JSON."""
    previous: str

    @property
    def sha256(self) -> str:
        """Hash of the entry with all before it."""
        return sha256_of(asdict(self))


def written(at: datetime) -> str:
    """A time as it is hashed, the same from every database."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def first_broken(entries: Iterable[tuple[Entry, str]]) -> str:
    """What is wrong with the first entry that is not as it was written; empty if all are.

    Parameters
    ----------
    entries
        In order of their numbers, each with the hash that stands beside it.
    """
    previous, expected = GENESIS, 1
    for entry, sha256 in entries:
        if entry.number != expected:
            return f"Entry {expected} is missing."
        if entry.previous != previous:
            return f"Entry {entry.number} does not follow from the one before it."
        if entry.sha256 != sha256:
            return f"Entry {entry.number} was changed."
        previous, expected = sha256, expected + 1
    return ""
