"""What an analysis made: its work in the vault, its draft, and its runs side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike.labs import load_lab
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import Case, Result
from likeforlike_web.design.report_file import file_response, offered
from likeforlike_web.desk.access import lab_case
from likeforlike_web.desk.read import note, plan_of, release_of, seal, study_of
from likeforlike_web.desk.work import EXACT, WORK


@require_safe
@lab_case()
def work(request: HttpRequest, case: Case, number: int, page: str) -> HttpResponse:
    """One page of an analysis: its draft, or a part of its work."""
    result = get_object_or_404(Result, case=case, number=number)
    if page != "draft" and page not in WORK:
        raise Http404
    study = study_of(result)
    tables = WORK[page].tables(study, plan_of(study).on(load_lab(case.lab))) if study and page in WORK else []
    names = set(result.files.values_list("name", flat=True))
    facts = {
        "title": f"Analysis {number}",
        "over": f"{case.reference}, {case.programme}",
        "case": case,
        "result": result,
        "release": release_of(result),
        "page": page,
        "tabs": [("draft", "Draft"), *((name, each.title) for name, each in WORK.items())],
        "tables": tables,
        "exact": EXACT,
        "kept": study is not None,
        "why": note(study, "refusal.txt") if study and result.status == "refused" else "",
        "seal": seal(study) if study else "",
        "offered": offered(names),
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "desk/work.html", facts)


@require_safe
@lab_case()
def file(request: HttpRequest, case: Case, number: int, name: str) -> HttpResponse:
    """A file of the report as it would leave."""
    result = get_object_or_404(Result, case=case, number=number)
    part = result.files.filter(name=name).first()
    if part is None:
        raise Http404
    looked_at(request, case, Kind.DOWNLOADED, name)
    return file_response(name, bytes(part.content), case.reference)


@require_safe
@lab_case()
def compared(request: HttpRequest, case: Case) -> HttpResponse:
    """Every run's released figures side by side."""
    results = list(case.results.order_by("number"))
    releases = [release_of(result) for result in results]
    labels = list(dict.fromkeys(row.label for release in releases for row in release.measures))
    rows = [(label, [_said(release, label) for release in releases]) for label in labels]
    facts = {
        "title": "Analyses compared",
        "over": f"{case.reference}, {case.programme}",
        "case": case,
        "results": list(zip(results, releases, strict=True)),
        "rows": rows,
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "desk/compared.html", facts)


def _said(release: object, label: str) -> str:
    row = next((row for row in release.measures if row.label == label), None)  # type: ignore[attr-defined]
    if row is None:
        return "not asked"
    if row.difference is None:
        return row.withheld or "withheld"
    return f"{row.difference:g} ({row.conf_low:g} to {row.conf_high:g})"
