"""The provider's look at the draft, publication, and corrections."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Message
from likeforlike_web.cases.policies import NotAllowed

SAY_WHAT = "Say what is wrong and what it should be."


@transaction.atomic
def comment_facts(case_id: UUID, text: str, *, by: User) -> Case:
    """Tell the analyst what the draft has wrong about the programme."""
    case = begin(case_id, Action.COMMENT_FACTS, by)
    if not text.strip():
        raise NotAllowed(SAY_WHAT)
    Message.objects.create(case=case, author=by, side="provider", about="facts", text=text.strip())
    return finish(case, Action.COMMENT_FACTS, Kind.FACTS_COMMENTED, by)


@transaction.atomic
def confirm_facts(case_id: UUID, *, by: User) -> Case:
    """Say that the facts about the programme are right."""
    return finish(begin(case_id, Action.CONFIRM_FACTS, by), Action.CONFIRM_FACTS, Kind.FACTS_CONFIRMED, by)


@transaction.atomic
def publish(case_id: UUID, *, by: User) -> Case:
    """Put the result into the public library."""
    return finish(begin(case_id, Action.PUBLISH, by), Action.PUBLISH, Kind.PUBLISHED, by)


@transaction.atomic
def correct(case_id: UUID, note: str, *, by: User) -> Case:
    """Put a note of correction beside what is published."""
    case = begin(case_id, Action.CORRECT, by)
    if not note.strip():
        raise NotAllowed(SAY_WHAT)
    Message.objects.create(case=case, author=by, side="lab", about="correction", text=note.strip())
    return finish(case, Action.CORRECT, Kind.CORRECTED, by)


@transaction.atomic
def write_message(case_id: UUID, text: str, *, by: User) -> Case:
    """Write to the other side."""
    case = begin(case_id, Action.MESSAGE, by)
    if not text.strip():
        raise NotAllowed("Enter a message.")
    side = "provider" if by.organisation_id else "lab"
    Message.objects.create(case=case, author=by, side=side, text=text.strip())
    return finish(case, Action.MESSAGE, Kind.MESSAGE, by)
