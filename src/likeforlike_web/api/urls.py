"""Addresses for programs, and the page where their keys are made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from likeforlike_web.api import lists, requests, results, views
from likeforlike_web.api.auth import PACE
from likeforlike_web.cases.policies import NotAllowed

api = NinjaAPI(
    title="Like for Like",
    version="1",
    description="What an organisation does by hand at this service, its own programs can do. "
    "Keys are made under “Your account”.",
    # a page of somebody else's scripts would break the promise of no third parties
    docs_url=None,
    throttle=[PACE],
)
api.add_router("", requests.router)
api.add_router("", lists.router)
api.add_router("", results.router)

NO_KEY = "Give a key that works: make one under “Your account”, and send it as “Authorization: Bearer KEY”."
BAD, NOT_JSON = 400, "What was sent is not JSON."
NOT_THERE = "There is no such request of your organisation."


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    return _said(request, NO_KEY, 401)


@api.exception_handler(NotAllowed)
def _not_now(request: HttpRequest, problem: NotAllowed) -> HttpResponse:
    return _said(request, str(problem), 409)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, problem: Http404) -> HttpResponse:
    return _said(request, NOT_THERE, 404)


@api.exception_handler(Throttled)
def _too_fast(request: HttpRequest, problem: Throttled) -> HttpResponse:
    return _said(request, f"Wait {problem.wait or 60} seconds, then ask again.", 429)


@api.exception_handler(HttpError)
def _wrong(request: HttpRequest, problem: HttpError) -> HttpResponse:
    told = NOT_JSON if problem.status_code == BAD else str(problem)
    return _said(request, told, problem.status_code)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Where the mistake is, and never what was sent."""
    first = problem.errors[0]
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "told"))
    return _said(request, f"{where or 'The request'}: {first['msg']}.", 422)


def _said(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return api.create_response(request, {"sentence": sentence}, status=status)


urlpatterns = [
    path("keys/", views.tokens, name="tokens"),
    path("keys/<int:number>/end/", views.end, name="end_token"),
    path("", api.urls),
]
