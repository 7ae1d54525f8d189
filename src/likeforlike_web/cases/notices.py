"""Who is told by mail that something happened to a request; the mail says nothing of what it was."""

from __future__ import annotations

from collections.abc import Iterable

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.roles import Role, roles_of
from likeforlike_web.cases.states import OWNER, State
from likeforlike_web.mails.outbox import write
from likeforlike_web.mails.wording import MailKind

NEWS = (State.RETURNED, State.FACTS, State.PUBLISHED, State.DECLINED)
"""States of which the organisation hears; never when the computer was done, which depends on whom it found."""
TAKEN: dict[State, Role] = {
    State.SUBMITTED: Role.ANALYST,
    State.QUALITY: Role.QUALITY,
}
"""Where anybody may act, but whoever took it on before is the one who must."""


def tell(case: Case, before: State, event: Event, by: User | None) -> None:
    """Write the mails of an event into the outbox, in its transaction."""
    moved = case.where is not before
    if (moved and case.where in NEWS) or (event.kind == Kind.MESSAGE and by and by.of_the_lab):
        _write(MailKind.NEWS, _of_the_organisation(case), event, by)
    if moved:
        _write(MailKind.WORK, _whose_turn(case), event, by)
    elif event.kind == Kind.MESSAGE and by and not by.of_the_lab:
        _write(MailKind.WORK, _holding(case, Role.ANALYST), event, by)


def _write(kind: MailKind, people: Iterable[User], event: Event, by: User | None) -> None:
    for person in people:
        if person.is_active and person != by:
            write(kind, person.email, f"event:{event.number}:{person.pk}")


def _of_the_organisation(case: Case) -> list[User]:
    return [user for user in _holding(case, Role.PROVIDER) if user.organisation_id == case.organisation_id]


def _holding(case: Case, role: Role) -> list[User]:
    return [part.user for part in case.parts.filter(role=str(role)).select_related("user")]


def _whose_turn(case: Case) -> list[User]:
    owner = OWNER[case.where]
    if owner not in (Role.ANALYST, Role.FREE_ANALYST, Role.FREE_CHECKER, Role.ADMINISTRATOR):
        return []
    held = _holding(case, TAKEN.get(case.where, owner))
    return held or _free_for(case, owner)


def _free_for(case: Case, owner: Role) -> list[User]:
    from likeforlike_web.cases.load import person_with

    parts = dict(case.parts.values_list("user_id", "role"))
    everybody = User.objects.filter(organisation__isnull=True, enabled=True).order_by("pk")
    wanted = {owner, Role.CHECKER} if owner is Role.FREE_CHECKER else {owner}
    return [u for u in everybody if wanted & roles_of(person_with(u, case, parts.get(u.pk)))]
