"""The list of requests, and the page of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.questions import PAGES, shown
from likeforlike_web.desk.access import lab_case, lab_page, may, worker_of_the_lab
from likeforlike_web.desk.rail import last_run, rail
from likeforlike_web.desk.waiting import NAMES, lines
from likeforlike_web.jobs.models import OPEN
from likeforlike_web.uploads.models import current_upload

LONGEST = 200
UNTOLD = [str(kind) for kind in (Kind.VIEWED, Kind.ANSWERED, Kind.STAGE, Kind.DOWNLOADED)]
"""Events that are too many for the page of a request; the record has them."""
REFRESH = 5
"""Seconds after which the page of a running analysis is loaded again."""


@require_safe
@lab_page
def home(request: HttpRequest) -> HttpResponse:
    """Requests: those that wait for you first."""
    words = request.GET.get("words", "").replace("\0", "").strip()[:LONGEST]
    state = request.GET.get("state", "")
    found = lines(worker_of_the_lab(request), words, state)
    facts = {
        "words": words,
        "state": state,
        "states": [(str(key), name) for key, name in NAMES.items()],
        "groups": [
            ("Waiting for you", [line for line in found if line.yours]),
            ("All others", [line for line in found if not line.yours]),
        ],
        "none": not found,
    }
    return render(request, "desk/home.html", facts)


@require_safe
@lab_case()
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """Where a request is, what can be done with it, and all that happened."""
    job = last_run(case)
    going = job is not None and job.state in OPEN
    facts = {
        "case": case,
        "state": NAMES[case.where],
        "may": {action.name.lower(): may(request, case, action) for action in Action},
        "job": job,
        "going": going,
        "rail": rail(job),
        "results": case.results.order_by("-number"),
        "parts": case.parts.exclude(role="provider").select_related("user"),
        "upload": current_upload(case),
        "thread": case.messages.select_related("author"),
        "notes": case.notes.select_related("author"),
        "events": Event.objects.filter(case=case.reference).exclude(kind__in=UNTOLD).order_by("-number")[:60],
        "back": reverse("home"),
    }
    response = render(request, "desk/case.html", facts)
    if going:
        response.headers["Refresh"] = str(REFRESH)
    return response


@require_safe
@lab_case()
def answers(request: HttpRequest, case: Case) -> HttpResponse:
    """What the organisation answered."""
    sections = [
        (
            page.title,
            [(q.label, shown(q, case.answers.get(page.key, {}).get(q.key))) for q in page.questions],
        )
        for page in PAGES
    ]
    facts = {"title": "Answers", "over": case.reference, "sections": sections}
    return render(request, "desk/answers.html", facts | {"back": reverse("case", args=[case.pk])})
