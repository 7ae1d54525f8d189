"""Taking a request back, and having its list deleted."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.models import Job, JobKind
from likeforlike_web.jobs.queue import cancel, enqueue


@transaction.atomic
def withdraw(case_id: UUID, *, by: User) -> Case:
    """Take a request back; its list is deleted with it."""
    case = begin(case_id, Action.WITHDRAW, by)
    cancel(case, JobKind.CHECK, JobKind.RUN)
    _destroy(case, "withdrawn")
    return finish(case, Action.WITHDRAW, Kind.WITHDRAWN, by, sent=case.where is not State.DRAFT)


@transaction.atomic
def delete_data(case_id: UUID, reason: str, *, by: User) -> Case:
    """Have the request's key destroyed, so that nobody can read its list any more."""
    case = begin(case_id, Action.DELETE_DATA, by)
    cancel(case, JobKind.CHECK)
    _destroy(case, reason)
    return finish(case, Action.DELETE_DATA, Kind.KEY_DESTROYED, by, asked=True)


def _destroy(case: Case, reason: str) -> Job | None:
    key = getattr(case, "key", None)
    if key is None or key.destroyed:
        return None
    return enqueue(JobKind.DESTROY, case, reason=reason[:200])
