"""Inviting a person, and letting the person in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from likeforlike_web.accounts.models import STAFF, Invitation, Organisation, User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import SYSTEM, actor_of, record

VALID_FOR = timedelta(days=14)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    email: str,
    *,
    by: User | None,
    organisation: Organisation | None = None,
    staff: Sequence[str] = (),
    access_until: date | None = None,
) -> str:
    """Make an invitation and give its token, which is nowhere else.

    Raises
    ------
    ValueError
        It is for neither an organisation nor a role in the lab, or for both.
    """
    if bool(organisation) == bool(staff) or not set(staff) <= set(STAFF):
        raise ValueError("An invitation is to an organisation or to roles in the lab.")
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        token_sha256=hashed(token),
        email=email.strip().lower(),
        organisation=organisation,
        staff=list(staff),
        access_until=access_until,
        invited_by=by,
        expires=timezone.now() + VALID_FOR,
    )
    record(Kind.INVITED, actor=actor_of(by) if by else SYSTEM, subject=f"invitation:{made.pk}")
    return token


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token, if it may still be used."""
    found = Invitation.objects.filter(token_sha256=hashed(token)).first()
    return found if found is not None and found.open else None


@transaction.atomic
def accept(token: str, user: User) -> None:
    """Give the new user what the invitation says.

    Raises
    ------
    ValueError
        The invitation is used up, too old, or for another address.
    """
    found = Invitation.objects.select_for_update().filter(token_sha256=hashed(token)).first()
    if found is None or not found.open or found.email != user.email.lower():
        raise ValueError("This invitation cannot be used.")
    user.organisation, user.expires = found.organisation, found.access_until
    for role in found.staff:
        setattr(user, role, True)
    user.save()
    found.accepted = timezone.now()
    found.save(update_fields=["accepted"])
    record(Kind.JOINED, actor=actor_of(user), subject=f"invitation:{found.pk}", staff=found.staff)
