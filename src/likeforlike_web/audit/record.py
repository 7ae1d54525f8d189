"""Adds an event, in the same transaction as what it tells of."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from likeforlike.hashes import canonical_json
from likeforlike_web.audit.chain import GENESIS
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.models import Event

SYSTEM, ANYONE = "system", "anyone"
LOCK = 6_962
"""Of PostgreSQL's advisory locks, the one under which the chain grows; SQLite has one writer at a time."""


def actor_of(user: Any) -> str:
    """A user as the audit names them."""
    return f"user:{user.pk}" if getattr(user, "pk", None) else ANYONE


def record(kind: Kind, *, actor: str, case: str = "", subject: str = "", **facts: Any) -> Event:
    """Add an event to the chain.

    Parameters
    ----------
    kind
        What was done.
    actor
        By whom, as `actor_of` gives it, or `SYSTEM`.
    case
        The request's reference.
    subject
        What else it is about.
    facts
        Anything more that is ready for JSON; never a person's details.

    Raises
    ------
    RuntimeError
        There is no transaction, so that the event could stay when the deed does not.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of what it tells of.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    last = Event.objects.order_by("-number").values_list("number", "sha256").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    event = Event(
        number=number,
        at=timezone.now(),
        actor=actor,
        kind=str(kind),
        case=case,
        subject=subject,
        facts=canonical_json(facts),
        previous=previous,
    )
    event.sha256 = event.entry().sha256
    event.save(force_insert=True)
    return event
