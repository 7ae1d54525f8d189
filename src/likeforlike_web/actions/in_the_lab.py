"""What an analyst does with a request that came: takes it on, accepts, returns or declines it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Message, Part
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.roles import Role
from likeforlike_web.jobs.models import JobKind
from likeforlike_web.jobs.queue import enqueue

TAKEN = "Another analyst has taken this request on."
SAY_WHY = "Say why, so that the organisation knows what to do."


@transaction.atomic
def take(case_id: UUID, *, by: User) -> Case:
    """Become the request's analyst."""
    case = begin(case_id, Action.TAKE, by)
    if case.parts.filter(role=str(Role.ANALYST)).exists():
        raise NotAllowed(TAKEN)
    Part.objects.create(case=case, user=by, role=str(Role.ANALYST))
    return finish(case, Action.TAKE, Kind.TAKEN, by)


@transaction.atomic
def accept(case_id: UUID, *, by: User) -> Case:
    """Take the request on; it is in the public library from now."""
    return finish(begin(case_id, Action.ACCEPT, by), Action.ACCEPT, Kind.ACCEPTED, by)


@transaction.atomic
def send_back(case_id: UUID, reason: str, *, by: User) -> Case:
    """Return the request to the provider with a question."""
    case = begin(case_id, Action.RETURN, by)
    _say(case, reason, "returned", by)
    return finish(case, Action.RETURN, Kind.RETURNED, by)


@transaction.atomic
def decline(case_id: UUID, reason: str, *, by: User) -> Case:
    """Not take it on; the list is deleted."""
    case = begin(case_id, Action.DECLINE, by)
    _say(case, reason, "declined", by)
    key = getattr(case, "key", None)
    if key is not None and not key.destroyed:
        enqueue(JobKind.DESTROY, case, reason="declined")
    return finish(case, Action.DECLINE, Kind.DECLINED, by)


def _say(case: Case, reason: str, about: str, by: User) -> None:
    if not reason.strip():
        raise NotAllowed(SAY_WHY)
    Message.objects.create(case=case, author=by, side="lab", about=about, text=reason.strip())
