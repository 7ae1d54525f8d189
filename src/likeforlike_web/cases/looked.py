"""Every look at a request is an event."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record
from likeforlike_web.cases.models import Case


def looked_at(request: HttpRequest, case: Case, kind: Kind = Kind.VIEWED, what: str = "") -> None:
    """Record that somebody looked at a page of a request, or took a file."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    with transaction.atomic():
        record(kind, actor=actor_of(request.user), case=case.reference, subject=what or page or "")
