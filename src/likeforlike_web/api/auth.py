"""Who asks: a program, by its key, for the person who made it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from likeforlike_web.api.models import Token
from likeforlike_web.api.tokens import token_of

PACE = AuthRateThrottle("120/m")
"""Of one key."""


class Scoped(HttpBearer):
    """Lets a key through that works today and has the scope."""

    openapi_name = "Key of a program"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The key's record; the person behind it is the one who acts."""
        found: Token | None = token_of(token)
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise HttpError(403, f"This key may not do that: it lacks the scope {self.scope}.")
        request.user = found.user
        return found
