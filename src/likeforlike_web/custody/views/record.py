"""The record of everything: search, and export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from likeforlike.formulas import harmless_text
from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import CATEGORY, Kind
from likeforlike_web.audit.models import Event
from likeforlike_web.audit.record import actor_of, record
from likeforlike_web.desk.access import administrators_page

A_PAGE = 100
ASKED = ("case", "actor", "kind", "since", "until")
HEADINGS = ("number", "at", "actor", "kind", "category", "request", "subject", "facts", "sha256")


@require_safe
@administrators_page
def search(request: HttpRequest) -> HttpResponse:
    """Events that fit, newest first; the search is an event too."""
    asked, found = _found(request)
    page = Paginator(found.order_by("-number"), A_PAGE).get_page(request.GET.get("page"))
    names = {f"user:{user.pk}": user.name for user in User.objects.all()}
    _remember(request, asked)
    facts = {
        "title": "The record",
        "asked": asked,
        "page": page,
        "lines": [(event, names.get(event.actor, event.actor)) for event in page],
        "kinds": [str(kind) for kind in Kind],
        "people": sorted(names.items(), key=lambda pair: pair[1]),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "back": reverse("custody"),
    }
    return render(request, "custody/record.html", facts)


@require_safe
@administrators_page
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The events that fit, as CSV, with their hashes."""
    asked, found = _found(request)
    _remember(request, asked)
    lines = csv.writer(_Echo())
    rows = (_row(event) for event in found.order_by("number").iterator(chunk_size=2_000))

    def content() -> Iterator[str]:
        yield lines.writerow(HEADINGS)
        for row in rows:
            yield lines.writerow(row)

    response = StreamingHttpResponse(content(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="record.csv"'
    return response


class _Echo:
    """What `csv` writes to gives the line back."""

    def write(self, line: str) -> str:
        return line


def _row(event: Event) -> tuple[Any, ...]:
    of_law = CATEGORY[Kind(event.kind)]
    told = (event.actor, event.kind, of_law, event.case, event.subject, event.facts)
    return (event.number, event.at.isoformat(), *map(harmless_text, told), event.sha256)


def _found(request: HttpRequest) -> tuple[dict[str, str], QuerySet[Event]]:
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:40] for name in ASKED}
    found = Event.objects.all()
    for name in ("case", "actor", "kind"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    for name, side, more in (("since", "gte", 0), ("until", "lt", 1)):
        day = _day(asked[name])
        if day is None:
            asked[name] = ""
        else:
            found = found.filter(**{f"at__{side}": day + timedelta(days=more)})
    return asked, found


def _day(text: str) -> datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _remember(request: HttpRequest, asked: dict[str, str]) -> None:
    with transaction.atomic():
        record(
            Kind.AUDIT_SEARCHED,
            actor=actor_of(request.user),
            case=asked["case"],
            asked={name: value for name, value in asked.items() if value},
        )
