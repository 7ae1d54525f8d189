"""A request locked for an action, a person in view of it, and the move with its event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import SYSTEM, actor_of, record
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case, Part
from likeforlike_web.cases.moves import MOVES
from likeforlike_web.cases.notices import tell
from likeforlike_web.cases.policies import require
from likeforlike_web.cases.roles import Person, Role, roles_of

By = User | None
"""Who does something; nobody stands for the system."""


def person_of(user: User, case: Case) -> Person:
    """What is known of a user in view of a request."""
    part = Part.objects.filter(case=case, user=user).values_list("role", flat=True).first()
    return person_with(user, case, part)


def person_with(user: User, case: Case, part: str | None) -> Person:
    """The same, where the part that they have or had is known."""
    return Person(
        held=Role(part) if part else None,
        same_organisation=user.organisation_id is not None and user.organisation_id == case.organisation_id,
        is_analyst=user.is_analyst,
        is_checker=user.is_checker,
        is_administrator=user.is_administrator,
        active=user.is_active,
    )


def roles_in(user: By, case: Case) -> frozenset[Role]:
    """What a user is in a request."""
    return frozenset({Role.SYSTEM}) if user is None else roles_of(person_of(user, case))


def begin(case_id: UUID, action: Action, by: By) -> Case:
    """The request, held until the transaction ends, for somebody who may do this to it.

    Raises
    ------
    Http404
        There is no such request.
    NotAllowed
        The person may not, or not now.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An action on a request is a transaction.")
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise Http404
    require(roles_in(by, case), case.where, action)
    return case


def finish(case: Case, action: Action, kind: Kind, by: By, **facts: Any) -> Case:
    """Move the request where the table says, save it, and write the event and its mails beside it."""
    before, moved = case.where, MOVES[case.where, action]
    if moved != before:
        facts["from"], facts["to"] = str(before), str(moved)
        case.state, case.since = str(moved), timezone.now()
    case.save()
    event = record(kind, actor=SYSTEM if by is None else actor_of(by), case=case.reference, **facts)
    tell(case, before, event, by)
    return case


def visible_to(user: User, case_id: UUID, action: Action = Action.VIEW) -> Case:
    """A request to look at; one that the person may not see is not there.

    Raises
    ------
    Http404
        There is none, or not for this person.
    """
    from likeforlike_web.cases.policies import why_not

    case = Case.objects.select_related("organisation").filter(pk=case_id).first()
    if case is None or why_not(roles_in(user, case), case.where, action):
        raise Http404
    return case
