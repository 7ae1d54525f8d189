"""What can be done to a request by a button, or by a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from likeforlike.labs import load_lab
from likeforlike.read import plan_of_text
from likeforlike_web.actions import analysis, in_the_lab, notes, publishing, review
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.desk.access import lab_case, may, worker_of_the_lab
from likeforlike_web.desk.forms import PlanForm, WordsForm
from likeforlike_web.desk.planned import plan_facts


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: what it does, and what is said when it is done."""

    does: Callable[..., object]
    said: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text to write: for what, how it is asked for, and what is said when it is done."""

    action: Action
    does: Callable[..., object]
    title: str
    label: str
    hint: str
    missing: str
    button: str
    said: str


DEEDS: dict[str, Deed] = {
    "take": Deed(in_the_lab.take, "You are its analyst now."),
    "accept": Deed(in_the_lab.accept, "The request is accepted. It is in the public library from now."),
    "run": Deed(analysis.run, "The analysis is in the queue."),
    "cancel": Deed(analysis.cancel_run, "The analysis was stopped. What its finished stages made is kept."),
    "ask-quality": Deed(review.ask_quality, "A second analyst will look at it."),
    "pass-quality": Deed(review.pass_quality, "It is before the output checkers now."),
}
TO_THE_ORGANISATION = "The organisation reads it. Do not name anybody from the list."
FOR_THE_LAB = "Only people of the lab read it. Do not name anybody from the list."
WORDS: dict[str, Words] = {
    "return": Words(
        Action.RETURN,
        in_the_lab.send_back,
        "Return the request",
        "What must the organisation change?",
        TO_THE_ORGANISATION,
        "Enter what the organisation must change",
        "Return the request",
        "The request was returned.",
    ),
    "decline": Words(
        Action.DECLINE,
        in_the_lab.decline,
        "Decline the request",
        "Why can the lab not take it on?",
        TO_THE_ORGANISATION + " Its list is deleted.",
        "Enter why the lab cannot take it on",
        "Decline the request",
        "The request was declined, and its list is being deleted.",
    ),
    "message": Words(
        Action.MESSAGE,
        publishing.write_message,
        "Write to the organisation",
        "Your message",
        TO_THE_ORGANISATION,
        "Enter a message",
        "Send the message",
        "Your message was sent.",
    ),
    "note": Words(
        Action.NOTE,
        notes.write_note,
        "Write a note for the lab",
        "Your note",
        FOR_THE_LAB,
        "Enter a note",
        "Keep the note",
        "Your note was kept.",
    ),
    "fail-quality": Words(
        Action.FAIL_QUALITY,
        review.fail_quality,
        "Send the work back",
        "What must the analyst change?",
        FOR_THE_LAB,
        "Enter what the analyst must change",
        "Send the work back",
        "The work was sent back.",
    ),
}


@require_POST
@lab_case()
def do(request: HttpRequest, case: Case, verb: str) -> HttpResponse:
    """Do it, and say so on the request's page."""
    if verb not in DEEDS:
        raise Http404
    DEEDS[verb].does(case.pk, by=worker_of_the_lab(request))
    messages.success(request, DEEDS[verb].said)
    return redirect("case", case.pk)


@lab_case()
def write(request: HttpRequest, case: Case, verb: str) -> HttpResponse:
    """Ask for the text, then do it."""
    asked = WORDS.get(verb)
    if asked is None or not may(request, case, asked.action):
        raise Http404
    form = WordsForm(asked.label, asked.hint, asked.missing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked.does(case.pk, form.cleaned_data["text"], by=worker_of_the_lab(request))
        messages.success(request, asked.said)
        return redirect("case", case.pk)
    facts = {"title": asked.title, "over": case.reference, "form": form, "button": asked.button}
    return render(request, "desk/words.html", facts | {"back": reverse("case", args=[case.pk])})


@lab_case()
def plan(request: HttpRequest, case: Case) -> HttpResponse:
    """The plan, and changing it while nothing is known of outcomes."""
    changeable = may(request, case, Action.PLAN)
    form = PlanForm(request.POST or None, initial={"text": case.plan_text}) if changeable else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                analysis.change_plan(case.pk, form.cleaned_data["text"], by=worker_of_the_lab(request))
            except NotAllowed as refusal:
                form.add_error("text", str(refusal))
            else:
                messages.success(request, "The plan was changed.")
                return redirect("plan", case.pk)
    lab = load_lab(case.lab)
    made, _ = plan_of_text(case.plan_text, lab)
    facts = {
        "title": "Plan",
        "over": case.reference,
        "case": case,
        "form": form,
        "facts": plan_facts(made, lab),
        "sha256": made.sha256,
        "changed": bool(case.plan),
        "back": reverse("case", args=[case.pk]),
    }
    return render(request, "desk/plan.html", facts)
