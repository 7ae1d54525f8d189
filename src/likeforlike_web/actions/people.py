"""Organisations, and what a person may be; changed by whoever runs the lab."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from likeforlike_web.accounts.models import STAFF, Organisation, User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record
from likeforlike_web.cases.policies import NotAllowed

YOURSELF = "You cannot change your own account: ask another administrator."


@transaction.atomic
def add_organisation(name: str, *, by: User) -> Organisation:
    """An organisation whose people may be invited."""
    made = Organisation.objects.create(name=" ".join(name.split()))
    record(Kind.ORGANISATION_ADDED, actor=actor_of(by), subject=f"organisation:{made.pk}")
    return made


@transaction.atomic
def change_person(
    user_id: int, *, staff: Collection[str], expires: date | None, enabled: bool, by: User
) -> User:
    """Say what somebody may be in the lab, until when, and whether they may sign in at all.

    Raises
    ------
    NotAllowed
        It is the person who asks.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if user.pk == by.pk:
        raise NotAllowed(YOURSELF)
    for role in STAFF:
        setattr(user, role, user.organisation_id is None and role in staff)
    user.expires, user.enabled = expires, enabled
    user.save()
    record(
        Kind.PERSON_CHANGED,
        actor=actor_of(by),
        subject=f"user:{user.pk}",
        staff=sorted(staff),
        enabled=enabled,
        expires=expires.isoformat() if expires else "",
    )
    return user
