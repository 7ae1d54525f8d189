"""How long the lab takes, from its own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.models import Event
from likeforlike_web.library.entries import CHOICES, public_cases, status_of

WAYS: tuple[tuple[str, Kind, Kind], ...] = (
    ("From being sent to being accepted", Kind.SENT, Kind.ACCEPTED),
    ("From being accepted to the first result", Kind.ACCEPTED, Kind.RESULT),
    ("From the first result to publication", Kind.RESULT, Kind.PUBLISHED),
    ("From being sent to publication", Kind.SENT, Kind.PUBLISHED),
)
FEWEST = 3
"""Requests that a median is shown of."""
SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Taken:
    """How long one part of the way takes."""

    way: str
    requests: int
    days: float | None
    """The median; nothing where too few requests came so far."""


def times() -> list[Taken]:
    """Median days of each part of the way, over requests that came to its end."""
    kinds = {kind for _, *ends in WAYS for kind in ends}
    first: dict[tuple[str, str], datetime] = {}
    events = Event.objects.filter(kind__in=[str(kind) for kind in kinds]).order_by("number")
    for case, kind, at in events.values_list("case", "kind", "at"):
        first.setdefault((case, kind), at)
    return [_taken(way, str(start), str(end), first) for way, start, end in WAYS]


def _taken(way: str, start: str, end: str, first: dict[tuple[str, str], datetime]) -> Taken:
    days = [
        (at - first[case, start]).total_seconds() / SECONDS
        for (case, kind), at in first.items()
        if kind == end and (case, start) in first
    ]
    return Taken(way, len(days), median(days) if len(days) >= FEWEST else None)


def counts() -> list[tuple[str, int]]:
    """How many accepted requests are where: what was never published is counted too."""
    statuses = [status_of(case) for case in public_cases()]
    return [(status, statuses.count(status)) for status in CHOICES]
