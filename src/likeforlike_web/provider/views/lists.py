"""The list: upload, "we are checking", problems, columns, points to confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from likeforlike.labs import load_lab
from likeforlike_web.actions import filling_in, lists
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import visible_to
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import Case
from likeforlike_web.provider.forms import ColumnsForm, ConfirmForm, SheetForm, UploadForm
from likeforlike_web.provider.problems import (
    MUST_FIX,
    PLEASE_CONFIRM,
    by_column,
    by_row,
    missing_columns,
    notes_sheet,
)
from likeforlike_web.provider.views.access import member, own_case
from likeforlike_web.uploads.handler import EncryptingHandler
from likeforlike_web.uploads.models import Upload, UploadState, current_upload

ROWS_A_PAGE = 25
REFRESH = 5
"""Seconds after which "we are checking your file" asks again."""


@csrf_exempt
@login_required
def upload(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a list. The lock is chosen before the first byte is read, so the form's own check comes after that."""
    person = member(request)
    case = visible_to(person, case_id, Action.UPLOAD)
    if request.method == "POST":
        request.upload_handlers = [EncryptingHandler(lists.key_of(case.pk, person))]
    answer: HttpResponse = _uploaded(request, case)
    return answer


@csrf_protect
def _uploaded(request: HttpRequest, case: Case) -> HttpResponse:
    if filling_in.task_facts(case).signature != "signed":
        return redirect("agreement", case.pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        lists.take(case.pk, form.cleaned_data["list"], by=member(request))
        return redirect("list", case.pk)
    before = current_upload(case)
    facts = {
        "title": "Upload your list",
        "case": case,
        "form": form,
        "upload": before,
        "lab": load_lab(case.lab),
    }
    return render(request, "provider/upload.html", facts | {"back": reverse("tasks", args=[case.pk])})


@require_safe
@own_case(Action.UPLOAD)
def current(request: HttpRequest, case: Case) -> HttpResponse:
    """The page that fits where the list is."""
    found = current_upload(case)
    if found is None:
        return redirect("upload", case.pk)
    facts = {"case": case, "upload": found, "back": reverse("tasks", args=[case.pk])}
    if found.where is UploadState.CHECKING:
        waited = render(request, "provider/checking.html", facts | {"title": "We’re checking your file"})
        waited.headers["Refresh"] = str(REFRESH)
        return waited
    if found.where is UploadState.UNREADABLE:
        more = {"title": "We could not read your file", "form": UploadForm(), "sheets": SheetForm()}
        return render(request, "provider/unreadable.html", facts | more)
    if found.where is UploadState.ACCEPTED:
        lab = load_lab(case.lab)
        return render(
            request, "provider/accepted.html", facts | {"title": "Your list can be used", "lab": lab}
        )
    return redirect("problems" if found.where is UploadState.PROBLEMS else "confirm", case.pk)


def _checked(case: Case, *states: UploadState) -> Upload:
    found = current_upload(case)
    if found is None or found.where not in states:
        raise Http404
    return found


@require_safe
@own_case(Action.UPLOAD)
def problems(request: HttpRequest, case: Case) -> HttpResponse:
    """Problems by column, what must be fixed apart from what to confirm."""
    found = current_upload(case)
    if found is None or found.where is not UploadState.PROBLEMS:
        return redirect("list", case.pk)
    earlier = case.uploads.filter(state=str(UploadState.REPLACED), found__has_key="must_fix").first()
    facts = {
        "title": "There are problems with your list",
        "case": case,
        "upload": found,
        "must": by_column(found.found, MUST_FIX),
        "confirm": by_column(found.found, PLEASE_CONFIRM),
        "missing": missing_columns(found.found) and found.found.get("unread"),
        "before": earlier.found["must_fix"] if earlier else None,
        "form": UploadForm(),
        "back": reverse("tasks", args=[case.pk]),
    }
    return render(request, "provider/problems.html", facts)


@require_safe
@own_case(Action.UPLOAD)
def rows(request: HttpRequest, case: Case) -> HttpResponse:
    """The same problems row by row."""
    found = _checked(case, UploadState.PROBLEMS, UploadState.CONFIRM)
    page = Paginator(by_row(found.found), ROWS_A_PAGE).get_page(request.GET.get("page"))
    facts = {"title": "There are problems with your list", "case": case, "upload": found, "page": page}
    return render(request, "provider/rows.html", facts | {"back": reverse("tasks", args=[case.pk])})


@require_safe
@own_case(Action.UPLOAD)
def notes(request: HttpRequest, case: Case) -> HttpResponse:
    """A sheet with a note in each cell that has a problem."""
    found = _checked(case, UploadState.PROBLEMS, UploadState.CONFIRM)
    looked_at(request, case, Kind.DOWNLOADED, "notes on the list")
    content = notes_sheet(found.found, f"Notes on the list of {case.reference}")
    response = HttpResponse(content, content_type="application/vnd.oasis.opendocument.spreadsheet")
    response.headers["Content-Disposition"] = f'attachment; filename="notes-{case.reference}.ods"'
    return response


@own_case(Action.UPLOAD)
def columns(request: HttpRequest, case: Case) -> HttpResponse:
    """Match headings that we do not know to columns that are missing."""
    found = _checked(case, UploadState.PROBLEMS)
    lab = load_lab(case.lab)
    known = {label for label, _ in found.found.get("columns", [])}
    missing = [column.label for column in lab.columns.column if column.label not in known]
    form = ColumnsForm(lab, missing, found.found.get("unread", []), request.POST or None)
    if not form.fields:
        return redirect("problems", case.pk)
    if request.method == "POST" and form.is_valid():
        lists.match_columns(case.pk, {**found.columns, **form.columns()}, by=member(request))
        return redirect("list", case.pk)
    facts = {
        "title": "Match your columns",
        "case": case,
        "form": form,
        "back": reverse("problems", args=[case.pk]),
    }
    return render(request, "provider/columns.html", facts)


@own_case(Action.UPLOAD)
def sheet(request: HttpRequest, case: Case) -> HttpResponse:
    """Say which sheet has the list."""
    found = _checked(case, UploadState.UNREADABLE)
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lists.match_columns(case.pk, found.columns, sheet=form.cleaned_data["sheet"], by=member(request))
        return redirect("list", case.pk)
    facts = {
        "title": "Which sheet has your list?",
        "case": case,
        "form": form,
        "back": reverse("list", args=[case.pk]),
    }
    return render(request, "provider/columns.html", facts)


@own_case(Action.CONFIRM)
def confirm(request: HttpRequest, case: Case) -> HttpResponse:
    """Points that are unusual but may be right, confirmed together."""
    found = current_upload(case)
    if found is None or found.where is not UploadState.CONFIRM:
        return redirect("list", case.pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lists.confirm(case.pk, form.cleaned_data["reason"], by=member(request))
        return redirect("list", case.pk)
    facts = {
        "title": "Please confirm",
        "case": case,
        "upload": found,
        "confirm": by_column(found.found, PLEASE_CONFIRM),
        "form": form,
        "back": reverse("tasks", args=[case.pk]),
    }
    return render(request, "provider/confirm.html", facts)
