"""What went wrong, in a sentence, with what to do; never the reason's own text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SENTENCES = {
    400: (
        "There is a problem with that request",
        "Go back and try again. If you typed the address, check it.",
    ),
    403: (
        "You cannot see this page",
        "It belongs to another person or organisation, or to another step of your request.",
    ),
    404: ("Page not found", "If you typed or pasted the address, check that it is whole."),
    500: (
        "Sorry, there is a problem with the service",
        "Try again later. What you had saved is still there.",
    ),
}


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page for a status."""
    title, what = SENTENCES[status]
    return render(request, "public/error.html", {"title": title, "what": sentence or what}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403, with the rule's own sentence if it is one of ours."""
    from likeforlike_web.cases.policies import NotAllowed

    return page(request, 403, str(exception) if isinstance(exception, NotAllowed) else "")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not sent from our page, or is too old."""
    return page(
        request,
        403,
        "The page was open too long or was sent from elsewhere. Go back, load it again and resend.",
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(request, 500)
