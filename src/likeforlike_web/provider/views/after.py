"""A request that was sent: where it is, messages, the draft, the result, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from likeforlike_web.actions import ending, publishing
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import roles_in
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.policies import why_not
from likeforlike_web.cases.states import SENTENCE, TITLE, State, seen
from likeforlike_web.design.report_file import file_response, offered
from likeforlike_web.provider.forms import FactsForm, SureForm, TextForm
from likeforlike_web.provider.progress import timeline, tracker
from likeforlike_web.provider.views.access import member, own_case


def _may(request: HttpRequest, case: Case, action: Action) -> bool:
    return not why_not(roles_in(member(request), case), case.where, action)


@require_safe
@own_case()
def progress(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the request is, what happened, messages, and what can be done."""
    facts = {
        "case": case,
        "state": TITLE[seen(case.where)],
        "sentence": SENTENCE[seen(case.where)],
        "steps": tracker(case),
        "timeline": timeline(case),
        "thread": case.messages.exclude(about="correction").select_related("author"),
        "may": {action.name.lower(): _may(request, case, action) for action in Action},
        "receipts": case.receipts.all(),
        "analyst": case.parts.filter(role="analyst").select_related("user").first(),
        "back": reverse("home"),
    }
    return render(request, "provider/progress.html", facts)


@own_case(Action.MESSAGE)
def message(request: HttpRequest, case: Case) -> HttpResponse:
    """Write to the lab."""
    form = TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.write_message(case.pk, form.cleaned_data["text"], by=member(request))
        messages.success(request, "Your message was sent.")
        return redirect("progress", case.pk)
    facts = {
        "title": "Write to the lab",
        "case": case,
        "form": form,
        "back": reverse("progress", args=[case.pk]),
    }
    return render(request, "provider/plain_form.html", facts | {"button": "Send the message"})


@own_case(Action.READ_DRAFT)
def result(request: HttpRequest, case: Case) -> HttpResponse:
    """The draft with its question, or the result with what may be said."""
    found = latest_result(case)
    if found is None:
        raise Http404
    names = set(found.files.values_list("name", flat=True))
    draft = case.where is State.FACTS
    form = FactsForm(request.POST or None) if draft else None
    if request.method == "POST" and form is not None and form.is_valid():
        if form.cleaned_data["right"] == "yes":
            publishing.confirm_facts(case.pk, by=member(request))
            messages.success(request, "Thank you. The lab will publish the result.")
        else:
            publishing.comment_facts(case.pk, form.cleaned_data["text"], by=member(request))
            messages.success(request, "Your comments were sent to the lab.")
        return redirect("progress", case.pk)
    facts = {
        "title": "Check the facts in the draft" if draft else "Your result",
        "case": case,
        "result": found,
        "offered": offered(names),
        "draft": draft,
        "form": form,
        "corrections": case.messages.filter(about="correction"),
        "back": reverse("progress", args=[case.pk]),
    }
    return render(request, "provider/result.html", facts)


@require_safe
@own_case(Action.READ_DRAFT)
def file(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    """A file of the report."""
    found = latest_result(case)
    part = found.files.filter(name=name).first() if found else None
    if part is None:
        raise Http404
    looked_at(request, case, Kind.DOWNLOADED, name)
    return file_response(name, bytes(part.content), case.reference)


@own_case(Action.WITHDRAW)
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Take the request back."""
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ending.withdraw(case.pk, by=member(request))
        messages.success(request, "The request was withdrawn.")
        return redirect("progress", case.pk)
    facts = {
        "title": "Withdraw this request",
        "case": case,
        "form": form,
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "provider/withdraw.html", facts)


@own_case(Action.DELETE_DATA)
def delete(request: HttpRequest, case: Case) -> HttpResponse:
    """Have the list deleted."""
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ending.delete_data(case.pk, "asked for by the organisation", by=member(request))
        messages.success(request, "The list is being deleted. A receipt will be on the request’s page.")
        return redirect("case", case.pk)
    facts = {"title": "Delete the list", "case": case, "form": form, "back": reverse("case", args=[case.pk])}
    return render(request, "provider/delete.html", facts)
