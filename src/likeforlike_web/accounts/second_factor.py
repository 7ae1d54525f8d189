"""Nobody of the lab goes on without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from likeforlike_web.accounts.models import User

FREE = ("/account/", "/static/", "/health/")
"""Where the second factor is set up, and what needs no account."""


class SecondFactorMiddleware:
    """Sends staff who have no passkey or app to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or send to the set-up."""
        user = request.user
        waits = isinstance(user, User) and user.of_the_lab and not request.path.startswith(FREE)
        if waits and not is_mfa_enabled(user):
            return redirect("mfa_index")
        return self.get_response(request)
