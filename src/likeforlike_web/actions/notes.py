"""What people of the lab write for one another."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Note
from likeforlike_web.cases.policies import NotAllowed

SAY = "Write what the others should know."


@transaction.atomic
def write_note(case_id: UUID, text: str, *, by: User) -> Case:
    """Leave a note for the lab."""
    case = begin(case_id, Action.NOTE, by)
    keep_note(case, text, by)
    return finish(case, Action.NOTE, Kind.NOTED, by)


def keep_note(case: Case, text: str, by: User) -> None:
    """A note, in the transaction of what it is about.

    Raises
    ------
    NotAllowed
        It is empty.
    """
    if not text.strip():
        raise NotAllowed(SAY)
    Note.objects.create(case=case, author=by, text=text.strip())
