"""What a provider does before a request is sent."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Part
from likeforlike_web.cases.policies import NOT_YOURS, NotAllowed
from likeforlike_web.cases.questions import BY_KEY, Answers
from likeforlike_web.cases.roles import Role
from likeforlike_web.cases.tasks import Facts, can_send
from likeforlike_web.uploads.models import current_upload

NOT_COMPLETE = "Some tasks are not completed: go back to the list of tasks."


@transaction.atomic
def start(lab: str, by: User, copy_of: Case | None = None) -> Case:
    """A new request of the person's organisation, empty or with the answers of an earlier one.

    Raises
    ------
    NotAllowed
        The person is of no organisation, or the earlier request is another's.
    """
    if by.organisation is None or (copy_of and copy_of.organisation_id != by.organisation_id):
        raise NotAllowed(NOT_YOURS)
    case = Case.objects.create(
        lab=lab, organisation=by.organisation, answers=copy_of.answers if copy_of else {}
    )
    Part.objects.create(case=case, user=by, role=str(Role.PROVIDER))
    record(Kind.STARTED, actor=actor_of(by), case=case.reference, lab=lab)
    return case


@transaction.atomic
def answer(case_id: UUID, page: str, answers: Answers, *, completed: bool, by: User) -> Case:
    """Keep what was typed on a page, right or wrong."""
    case = begin(case_id, Action.ANSWER, by)
    keys = {question.key for question in BY_KEY[page].questions}
    case.answers = {**case.answers, page: {key: value for key, value in answers.items() if key in keys}}
    case.done = sorted({*case.done, page} if completed else set(case.done) - {page})
    return finish(case, Action.ANSWER, Kind.ANSWERED, by, page=page)


def task_facts(case: Case) -> Facts:
    """What the task list of a request is worked out from."""
    signature = case.signatures.filter(current=True).first()
    upload = current_upload(case)
    return Facts(
        answers=case.answers,
        done=case.done,
        signature="" if signature is None else "signed" if signature.signed else "asked",
        upload=upload.state if upload else "",
    )


@transaction.atomic
def send(case_id: UUID, *, by: User) -> Case:
    """Send the request to the lab.

    Raises
    ------
    NotAllowed
        Something is not completed.
    """
    case = begin(case_id, Action.SEND, by)
    if not can_send(task_facts(case)):
        raise NotAllowed(NOT_COMPLETE)
    Part.objects.get_or_create(case=case, user=by, defaults={"role": str(Role.PROVIDER)})
    case.sent = case.sent or timezone.now()
    return finish(case, Action.SEND, Kind.SENT, by)
