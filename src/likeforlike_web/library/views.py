"""Pages of the library."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.states import State
from likeforlike_web.design.report_file import file_response, offered
from likeforlike_web.library.entries import CHOICES, accepted_on, entry_of, found, public_cases
from likeforlike_web.library.performance import counts, times
from likeforlike_web.library.together import together

A_PAGE = 25
LONGEST = 200


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every accepted request, to be searched."""
    words = request.GET.get("words", "").replace("\0", "").strip()[:LONGEST]
    status = request.GET.get("status", "")
    status = status if status in CHOICES else ""
    entries = found(words, status)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "title": "Library of results",
        "words": words,
        "status": status,
        "choices": CHOICES,
        "page": page,
        "number": len(entries),
    }
    return render(request, "library/library.html", facts)


@require_safe
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One request: what it is about, and its result once published."""
    case = _case(reference)
    result = latest_result(case) if case.where is State.PUBLISHED else None
    names = set(result.files.values_list("name", flat=True)) if result else set()
    facts = {
        "title": case.programme,
        "over": case.organisation.name,
        "entry": entry_of(case, accepted_on()[reference]),
        "result": result,
        "offered": offered(names),
        "corrections": case.messages.filter(about="correction") if result else (),
        "aim": case.answers.get("aim", {}).get("aim", ""),
        "back": reverse("library"),
    }
    return render(request, "library/entry.html", facts)


@require_safe
def file(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A file of a published report."""
    case = _case(reference)
    result = latest_result(case) if case.where is State.PUBLISHED else None
    part = result.files.filter(name=name).first() if result else None
    if part is None:
        raise Http404
    return file_response(name, bytes(part.content), case.reference)


@require_safe
def performance(request: HttpRequest) -> HttpResponse:
    """How long the lab takes, and what became of requests."""
    facts = {"title": "How the lab performs", "times": times(), "counts": counts()}
    return render(request, "library/performance.html", facts)


@require_safe
def all_together(request: HttpRequest) -> HttpResponse:
    """What all published results say together, and how many requests never led to one."""
    page, why = together()
    if page is None:
        facts = {"title": "All results together", "why": why, "back": reverse("library")}
        return render(request, "library/together_none.html", facts)
    return file_response("together.html", page, "library")


def _case(reference: str) -> Case:
    case = public_cases().filter(reference=reference).first()
    if case is None:
        raise Http404
    return case
