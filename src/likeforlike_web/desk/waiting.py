"""Requests as somebody of the lab sees them: which wait for them, and who must act on the others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from likeforlike_web.accounts.models import User
from likeforlike_web.cases.actions import Action as A
from likeforlike_web.cases.load import person_with
from likeforlike_web.cases.models import Case, Part, Vote
from likeforlike_web.cases.policies import why_not
from likeforlike_web.cases.roles import roles_of
from likeforlike_web.cases.states import OWNER, State

NEXT: dict[State, tuple[A, ...]] = {
    State.SUBMITTED: (A.TAKE, A.ACCEPT),
    State.ACCEPTED: (A.RUN,),
    State.STOPPED: (A.RUN,),
    State.DRAFTED: (A.ASK_QUALITY,),
    State.QUALITY: (A.PASS_QUALITY,),
    State.CHECKING: (A.VOTE,),
    State.READY: (A.PUBLISH,),
}
"""What is to be done in each state, by whoever of the lab may."""
NAMES: dict[State, str] = {
    State.SUBMITTED: "Received",
    State.RETURNED: "Returned to the organisation",
    State.ACCEPTED: "Accepted",
    State.RUNNING: "Being analysed",
    State.STOPPED: "Analysis stopped",
    State.DRAFTED: "Report being written",
    State.QUALITY: "Quality assurance",
    State.CHECKING: "Output checking",
    State.FACTS: "Facts being checked",
    State.READY: "Ready to be published",
    State.PUBLISHED: "Published",
    State.DECLINED: "Declined",
    State.WITHDRAWN: "Withdrawn",
}
"""What people of the lab call each state."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the list."""

    case: Case
    state: str
    owner: str
    days: int
    """Since it came to this state."""
    yours: bool


def lines(user: User, words: str = "", state: str = "") -> list[Line]:
    """Every request that the person may see, the ones that wait for them first, then the longest there."""
    found = Case.objects.exclude(state=str(State.DRAFT)).select_related("organisation")
    if words:
        named = Q(answers__name__programme__icontains=words) | Q(reference__icontains=words)
        found = found.filter(named | Q(organisation__name__icontains=words))
    if state in NAMES:
        found = found.filter(state=state)
    parts = dict(Part.objects.filter(user=user).values_list("case_id", "role"))
    voted = set(Vote.objects.filter(part__user=user).values_list("case_id", "round"))
    made = [_line(user, case, parts.get(case.pk), voted) for case in found]
    return sorted((line for line in made if line), key=lambda line: (not line.yours, -line.days))


def _line(user: User, case: Case, part: str | None, voted: set[tuple[UUID, int]]) -> Line | None:
    roles = roles_of(person_with(user, case, part))
    if why_not(roles, case.where, A.VIEW):
        return None
    able = any(not why_not(roles, case.where, action) for action in NEXT.get(case.where, ()))
    owner = OWNER[case.where]
    return Line(
        case,
        NAMES[case.where],
        str(owner) if owner else "nobody",
        (timezone.now() - case.since).days,
        able and (case.pk, case.round) not in voted,
    )
