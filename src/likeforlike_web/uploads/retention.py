"""Until when a list may be kept: counted from the day on which its request came to rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from likeforlike_web.cases.models import Case
from likeforlike_web.cases.moves import AT_REST
from likeforlike_web.uploads.models import RequestKey


@dataclass(frozen=True, slots=True)
class Held:
    """A list that can still be read."""

    case: Case
    due: date | None
    """When it is to be deleted; nothing while somebody works on it."""
    late: bool
    may_destroy: bool


def due_on(case: Case) -> date | None:
    """The day after which the list of a request is deleted; nothing while somebody works on it."""
    if case.where not in AT_REST:
        return None
    return timezone.localtime(case.since).date() + timedelta(days=settings.KEEP_DAYS)


def held() -> list[Held]:
    """Every list that can still be read, the one that is due first, first."""
    keys = RequestKey.objects.filter(case__isnull=False, destroyed__isnull=True, case__uploads__isnull=False)
    cases = Case.objects.filter(pk__in=keys.values("case")).select_related("organisation")
    today = timezone.localdate()
    found = [(case, due_on(case)) for case in cases]
    listed = [
        Held(case, due, due is not None and due < today, due is not None and case.where != "draft")
        for case, due in found
    ]
    return sorted(listed, key=lambda each: (each.due is None, each.due or today))
