"""What the public sees of a request: from the day it was accepted, and whatever became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.states import FINAL, State

UNDER_WAY = "Under way"
STATUS: dict[State, str] = {
    State.PUBLISHED: "Published",
    State.WITHDRAWN: "Withdrawn by its provider",
    State.DECLINED: "Ended without a result",
}
"""Of a request that is not final no more is said than that: where it is may depend on what was found."""
CHOICES = (UNDER_WAY, *STATUS.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the library."""

    case: Case
    status: str
    accepted: datetime
    headline: str = ""
    """The answer, once it is published."""


def accepted_on() -> dict[str, datetime]:
    """When each request was first accepted, by reference."""
    events = Event.objects.filter(kind=str(Kind.ACCEPTED)).order_by("-number")
    return dict(events.values_list("case", "at"))


def public_cases() -> QuerySet[Case]:
    """Requests that were accepted, newest first."""
    return Case.objects.filter(reference__in=accepted_on()).select_related("organisation")


def found(words: str, status: str) -> list[Entry]:
    """Entries whose programme or organisation has these words, and that are where is asked."""
    cases = public_cases()
    if words:
        named = Q(answers__name__programme__icontains=words) | Q(organisation__name__icontains=words)
        cases = cases.filter(named)
    dates = accepted_on()
    entries = [entry_of(case, dates[case.reference]) for case in cases]
    kept = [entry for entry in entries if not status or entry.status == status]
    return sorted(kept, key=lambda entry: entry.accepted, reverse=True)


def entry_of(case: Case, accepted: datetime) -> Entry:
    """A request as the library has it."""
    published = case.where is State.PUBLISHED
    result = latest_result(case) if published else None
    return Entry(case, status_of(case), accepted, result.headline if result else "")


def status_of(case: Case) -> str:
    """Where it is, as far as the public is told."""
    return STATUS[case.where] if case.where in FINAL else UNDER_WAY
