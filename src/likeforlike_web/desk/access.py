"""Whose page it is: the desk answers the lab's own people only, and records every look at a request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from likeforlike_web.accounts.models import User
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import roles_in, visible_to
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.policies import why_not

More = ParamSpec("More")
CaseView = Callable[Concatenate[HttpRequest, Case, More], HttpResponse]
PlainView = Callable[..., HttpResponseBase]


def worker_of_the_lab(request: HttpRequest) -> User:
    """The person, who must be of the lab."""
    if not isinstance(request.user, User) or not request.user.of_the_lab:
        raise PermissionDenied
    return request.user


def lab_page(view: PlainView) -> PlainView:
    """A page for anybody of the lab."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        worker_of_the_lab(request)
        return view(request, *args, **more)

    return guarded


def administrators_page(view: PlainView) -> PlainView:
    """A page for whoever runs the lab."""

    @wraps(view)
    @lab_page
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if not worker_of_the_lab(request).is_administrator:
            raise PermissionDenied
        return view(request, *args, **more)

    return guarded


def lab_case(action: Action = Action.VIEW) -> Callable[[CaseView[More]], Callable[..., HttpResponse]]:
    """A page of a request, for somebody of the lab who may do `action` to it now."""

    def decorate(view: CaseView[More]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def guarded(
            request: HttpRequest, case_id: UUID, *args: More.args, **more: More.kwargs
        ) -> HttpResponse:
            case = visible_to(worker_of_the_lab(request), case_id, action)
            if request.method in ("GET", "HEAD"):
                looked_at(request, case)
            return view(request, case, *args, **more)

        return guarded

    return decorate


def may(request: HttpRequest, case: Case, action: Action) -> bool:
    """Whether the person may do this to the request now."""
    return not why_not(roles_in(worker_of_the_lab(request), case), case.where, action)
