"""Pages that anybody may read."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from likeforlike.intake.template import guidance, introduction, template_csv, template_ods
from likeforlike.intake.template_xlsx import template_xlsx
from likeforlike.labs import Lab, load_lab
from likeforlike_web.public.forms import SizeForm, SuitableForm, reasons_against

MAKERS = {
    "xlsx": (template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (template_ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": (template_csv, "text/csv; charset=utf-8"),
}


def offered_lab(name: str | None = None) -> Lab:
    """A lab that this service offers; the first if none is named."""
    wanted = name or settings.LABS[0]
    if wanted not in settings.LABS:
        raise Http404
    return load_lab(wanted)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the service does, what you need, how long it takes."""
    return render(request, "public/start.html", {"lab": offered_lab()})


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What happens to a list."""
    return render(request, "public/how.html", {"title": "How it works", "lab": offered_lab()})


def check_suitable(request: HttpRequest) -> HttpResponse:
    """Questions that say no early; nothing that is answered here is kept."""
    lab = offered_lab()
    follow = lab.head.follow_up
    form = SuitableForm(follow.months + follow.settle_months, request.POST or None)
    if request.method == "POST" and form.is_valid():
        reasons = reasons_against(form.cleaned_data, lab.head.cohort.minimum)
        unsure = form.cleaned_data["share"] == "unsure"
        facts = {"lab": lab, "reasons": reasons, "unsure": unsure}
        return render(request, "public/suitable_result.html", facts)
    return render(request, "public/suitable.html", {"form": form, "title": "Check you can use this service"})


@require_safe
def size(request: HttpRequest) -> HttpResponse:
    """What to expect of a list of a size: worked out from a number alone, and nothing of it is kept."""
    lab = offered_lab()
    form = SizeForm(lab.head.cohort.maximum, request.GET if "people" in request.GET else None)
    if lab.history is None:
        raise Http404
    if not form.is_bound or not form.is_valid():
        return render(request, "public/size.html", {"form": form, "title": "How much a list can show"})
    from likeforlike.evidence import assess_number, readiness_page

    number = form.cleaned_data["people"]
    page = readiness_page(assess_number(number, lab, lab.history))
    facts = {
        "title": f"What a list of {number:,} can show",
        "page": page,
        "sections": [section for section in page.sections if section.name != "method"],
    }
    return render(request, "public/size_result.html", facts)


@require_safe
def prepare(request: HttpRequest) -> HttpResponse:
    """The columns of the list, with good examples and templates."""
    lab = offered_lab()
    facts = {
        "title": "Prepare your data",
        "lab": lab,
        "columns": guidance(lab),
        "lines": introduction(lab)[2:],
    }
    return render(request, "public/prepare.html", facts)


@require_safe
def template(request: HttpRequest, lab: str, kind: str) -> HttpResponse:
    """The empty list to fill in."""
    if kind not in MAKERS:
        raise Http404
    make, content_type = MAKERS[kind]
    response = HttpResponse(make(offered_lab(lab)), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="template-{lab}.{kind}"'
    return response


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, why and how long."""
    return render(request, "public/privacy.html", {"title": "Privacy notice"})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How this website meets WCAG 2.2."""
    return render(request, "public/accessibility.html", {"title": "Accessibility statement"})


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The two cookies."""
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return render(request, "public/cookies.html", {"title": "Cookies", "names": names})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the service: it answers, and so does its database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
