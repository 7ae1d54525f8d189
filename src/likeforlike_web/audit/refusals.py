"""Whoever is signed in and asks for what is not theirs is recorded."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record

FORBIDDEN = 403


class RefusalsMiddleware:
    """Writes an event for every refusal to somebody who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note a refusal by the page's name, not its address."""
        response = self.get_response(request)
        if response.status_code == FORBIDDEN and request.user.is_authenticated:
            page = request.resolver_match.view_name if request.resolver_match else ""
            with transaction.atomic():
                record(Kind.REFUSED, actor=actor_of(request.user), subject=page or "")
        return response
