"""Whose page it is: every view of a request goes through here, and every look at one is recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from likeforlike_web.accounts.models import User
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import visible_to
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import Case

More = ParamSpec("More")
View = Callable[Concatenate[HttpRequest, Case, More], HttpResponse]


def member(request: HttpRequest) -> User:
    """The person, who must be of an organisation."""
    if not isinstance(request.user, User) or request.user.organisation is None:
        raise PermissionDenied
    return request.user


def own_case(action: Action = Action.VIEW) -> Callable[[View[More]], Callable[..., HttpResponse]]:
    """A view of a request of the person's own organisation, on which they may do `action` now."""

    def decorate(view: View[More]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def guarded(
            request: HttpRequest, case_id: UUID, *args: More.args, **more: More.kwargs
        ) -> HttpResponse:
            case = visible_to(member(request), case_id, action)
            if request.method in ("GET", "HEAD"):
                looked_at(request, case)
            return view(request, case, *args, **more)

        return guarded

    return decorate
