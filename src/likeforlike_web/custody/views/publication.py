"""Publishing a result, and correcting what is published."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from likeforlike_web.actions import publishing
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.custody.forms import NoteForm, SureForm
from likeforlike_web.design.report_file import offered
from likeforlike_web.desk.access import lab_case, may, worker_of_the_lab


@lab_case(Action.READ_DRAFT)
def publication(request: HttpRequest, case: Case) -> HttpResponse:
    """What will be, or is, public; and the one thing that can be done about it."""
    result = latest_result(case)
    publish, correct = (may(request, case, action) for action in (Action.PUBLISH, Action.CORRECT))
    if result is None or not (publish or correct):
        raise Http404
    form = (SureForm if publish else NoteForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = worker_of_the_lab(request)
        if publish:
            publishing.publish(case.pk, by=by)
            messages.success(request, "The result is public.")
        else:
            publishing.correct(case.pk, form.cleaned_data["text"], by=by)
            messages.success(request, "The note is beside the result.")
        return redirect("case", case.pk)
    facts = {
        "title": "Publish the result" if publish else "Correct the publication",
        "over": f"{case.reference}, {case.programme}",
        "case": case,
        "result": result,
        "offered": offered(set(result.files.values_list("name", flat=True))),
        "comments": case.messages.filter(about__in=["facts", "correction"]).select_related("author"),
        "form": form,
        "button": "Publish it" if publish else "Add the note",
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "custody/publication.html", facts)
