"""A request by program: begun, filled in, sent, looked at, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from likeforlike.labs import load_lab
from likeforlike_web.accounts.models import User
from likeforlike_web.actions import ending, filling_in
from likeforlike_web.api.auth import Scoped
from likeforlike_web.api.shown import in_full, in_short, pages
from likeforlike_web.api.tokens import READ, WRITE
from likeforlike_web.api.told import (
    Answer,
    Declaration,
    LabTold,
    Line,
    RequestTold,
    Sentence,
    Signatory,
    Start,
    WholeRequest,
)
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import roles_in, visible_to
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.policies import why_not
from likeforlike_web.cases.questions import BY_KEY
from likeforlike_web.provider.forms import DeclareForm, SignatoryForm
from likeforlike_web.provider.views.agreement import send_to_sign

router = Router(tags=["Requests"])
WRONG = {
    400: Sentence,
    401: Sentence,
    403: Sentence,
    404: Sentence,
    409: Sentence,
    422: Sentence,
    429: Sentence,
}


def person(request: HttpRequest) -> User:
    """Whoever made the key."""
    if not isinstance(request.user, User):
        raise HttpError(401, "Give the key of a program.")
    return request.user


def own(request: HttpRequest, case_id: UUID, action: Action = Action.VIEW) -> Case:
    """A request of the person's organisation; one that is not theirs is not there, and looking is recorded."""
    case = visible_to(person(request), case_id, Action.VIEW)
    reason = why_not(roles_in(person(request), case), case.where, action)
    if reason:
        raise HttpError(409, reason)
    if request.method == "GET":
        looked_at(request, case)
    return case


def clean(form: Form) -> dict[str, Any]:
    """What the website's own form makes of it."""
    if not form.is_valid():
        found = "; ".join(f"{key}: {errors[0]}" for key, errors in form.errors.items())
        raise HttpError(422, f"{found}.")
    return form.cleaned_data


@router.get("/labs", auth=Scoped(READ), response={200: list[LabTold], **WRONG})
def labs(request: HttpRequest) -> list[dict[str, Any]]:
    """The labs that take requests here, and what they ask about a programme."""
    return [{"name": name, "title": load_lab(name).head.title, "pages": pages()} for name in settings.LABS]


@router.get("/requests", auth=Scoped(READ), response={200: list[RequestTold], **WRONG})
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Your organisation's requests, the newest first."""
    return [in_short(case) for case in Case.objects.filter(organisation=person(request).organisation)]


@router.post("/requests", auth=Scoped(WRITE), response={201: WholeRequest, **WRONG})
def start(request: HttpRequest, told: Start) -> Status[dict[str, Any]]:
    """Begin a request, with answers to as many pages as you like."""
    if told.lab not in settings.LABS:
        raise HttpError(422, f"lab: choose one of {', '.join(settings.LABS)}.")
    typed = {page: _typed(page, answers) for page, answers in told.answers.items()}
    with transaction.atomic():
        case = filling_in.start(told.lab, person(request))
        for page, answers in typed.items():
            filling_in.answer(case.pk, page, answers, completed=True, by=person(request))
    return Status(201, in_full(Case.objects.get(pk=case.pk)))


@router.get("/requests/{case_id}", auth=Scoped(READ), response={200: WholeRequest, **WRONG})
def one(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """Where a request is, and what is left to do."""
    return in_full(own(request, case_id))


@router.put("/requests/{case_id}/answers/{page}", auth=Scoped(WRITE), response={200: WholeRequest, **WRONG})
def answer(request: HttpRequest, case_id: UUID, page: str, told: dict[Line, Answer]) -> dict[str, Any]:
    """Answer a page of questions; what is wrong with it is told in its task."""
    case = own(request, case_id, Action.ANSWER)
    filling_in.answer(case.pk, page, _typed(page, told), completed=True, by=person(request))
    return in_full(own(request, case_id))


@router.post("/requests/{case_id}/signatory", auth=Scoped(WRITE), response={200: WholeRequest, **WRONG})
def signatory(request: HttpRequest, case_id: UUID, told: Signatory) -> dict[str, Any]:
    """Name who signs the agreement; they are sent a link."""
    case = own(request, case_id, Action.ASK_SIGNATURE)
    send_to_sign(request, case, load_lab(case.lab), clean(SignatoryForm(told.dict())), by=person(request))
    return in_full(own(request, case_id))


@router.post("/requests/{case_id}/send", auth=Scoped(WRITE), response={200: WholeRequest, **WRONG})
def send(request: HttpRequest, case_id: UUID, told: Declaration) -> dict[str, Any]:
    """Send the request to the lab, once all its tasks are completed."""
    clean(DeclareForm(told.dict()))
    filling_in.send(own(request, case_id, Action.SEND).pk, by=person(request))
    return in_full(own(request, case_id))


@router.post("/requests/{case_id}/withdraw", auth=Scoped(WRITE), response={200: WholeRequest, **WRONG})
def withdraw(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """Take the request back."""
    ending.withdraw(own(request, case_id, Action.WITHDRAW).pk, by=person(request))
    return in_full(own(request, case_id))


def _typed(page: str, told: dict[str, Any]) -> dict[str, Any]:
    """Answers as the website's pages keep them."""
    if page not in BY_KEY:
        raise HttpError(422, f"There is no page of that name: the pages are {', '.join(BY_KEY)}.")
    kinds = {question.key: question.kind for question in BY_KEY[page].questions}
    if not told.keys() <= kinds.keys():
        raise HttpError(422, f"{page}: a question is unknown; its questions are {', '.join(kinds)}.")
    return {key: _as_typed(kinds[key], value) for key, value in told.items()}


def _as_typed(kind: str, value: str | list[str]) -> str | list[str]:
    try:
        if kind == "date" and isinstance(value, str):
            told = date.fromisoformat(value)
            return [str(told.day), str(told.month), str(told.year)]
    except ValueError:
        pass
    if (kind in ("choices", "date")) != isinstance(value, list):
        shape = {"choices": "a list", "date": "a date like 2019-04-01"}.get(kind, "text")
        raise HttpError(422, f"An answer of the kind “{kind}” is {shape}.")
    return value
