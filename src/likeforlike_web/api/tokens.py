"""Keys of programs: made, found again by their hash, ended."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from likeforlike_web.accounts.invitations import hashed
from likeforlike_web.accounts.models import User
from likeforlike_web.api.models import Token
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record

BEGINS = "lfl_"
"""So that a key which was published by mistake is recognised as one."""
LONGEST = 365
"""Days."""
WRITE, READ, RESULTS = "requests:write", "requests:read", "results:read"
SCOPES: tuple[tuple[str, str], ...] = (
    (READ, "See your organisation’s requests and where they are"),
    (WRITE, "Fill in requests, send lists, and send requests to the lab"),
    (RESULTS, "Fetch drafts and results"),
)


@transaction.atomic
def make(user: User, name: str, scopes: Collection[str], days: int) -> str:
    """Make a key and give it, once.

    Raises
    ------
    ValueError
        Nobody of an organisation asks, a scope is unknown, or it would last too long.
    """
    if user.organisation is None or not scopes or not set(scopes) <= dict(SCOPES).keys():
        raise ValueError("A key is for somebody of an organisation, with scopes that exist.")
    if not 1 <= days <= LONGEST:
        raise ValueError(f"A key lasts from 1 to {LONGEST} days.")
    key = BEGINS + secrets.token_urlsafe(32)
    made = Token.objects.create(
        user=user,
        name=name,
        scopes=sorted(scopes),
        sha256=hashed(key),
        expires=timezone.localdate() + timedelta(days=days),
    )
    record(Kind.TOKEN_MADE, actor=actor_of(user), subject=str(made), scopes=made.scopes)
    return key


@transaction.atomic
def end(user: User, number: int) -> None:
    """End a key of the person's own; one that is not theirs stays as it is."""
    for token in Token.objects.select_for_update().filter(pk=number, user=user, ended__isnull=True):
        token.ended = timezone.now()
        token.save(update_fields=["ended"])
        record(Kind.TOKEN_ENDED, actor=actor_of(user), subject=str(token))


def token_of(key: str) -> Token | None:
    """The key's record, if it works today."""
    found = Token.objects.select_related("user__organisation").filter(sha256=hashed(key)).first()
    return found if found is not None and found.open else None
