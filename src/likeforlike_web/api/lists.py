"""A list by program: sent, looked at, its unusual points confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from likeforlike_web.actions import filling_in, lists
from likeforlike_web.api.auth import Scoped
from likeforlike_web.api.requests import WRONG, clean, own, person
from likeforlike_web.api.shown import of_list
from likeforlike_web.api.tokens import READ, WRITE
from likeforlike_web.api.told import ListTold, Reason
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.models import Case
from likeforlike_web.provider.forms import ConfirmForm, UploadForm
from likeforlike_web.uploads.handler import EncryptingHandler
from likeforlike_web.uploads.models import current_upload

router = Router(tags=["Lists"])
FILE = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["list"],
                    "properties": {"list": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
SIGN_FIRST = "The agreement is not signed yet, and comes before the list."


@router.post(
    "/requests/{case_id}/list",
    auth=Scoped(WRITE),
    response={202: ListTold, **WRONG},
    openapi_extra=FILE,
)
def upload(request: HttpRequest, case_id: UUID) -> Status[dict[str, Any]]:
    """Send the list as CSV, XLSX or ODS; it is encrypted while it arrives, and checked in the lab's vault."""
    case = own(request, case_id, Action.UPLOAD)
    if filling_in.task_facts(case).signature != "signed":
        raise HttpError(409, SIGN_FIRST)
    request.upload_handlers = [EncryptingHandler(lists.key_of(case.pk, person(request)))]
    came = clean(UploadForm(request.POST, request.FILES))["list"]
    return Status(202, of_list(lists.take(case.pk, came, by=person(request))))


@router.get("/requests/{case_id}/list", auth=Scoped(READ), response={200: ListTold, **WRONG})
def current(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """What the check of the list has found."""
    return _told(own(request, case_id))


@router.post("/requests/{case_id}/list/confirm", auth=Scoped(WRITE), response={200: ListTold, **WRONG})
def confirm(request: HttpRequest, case_id: UUID, told: Reason) -> dict[str, Any]:
    """Say that unusual points of the list were checked, and why they are right."""
    case = own(request, case_id, Action.CONFIRM)
    lists.confirm(case.pk, clean(ConfirmForm(told.dict()))["reason"], by=person(request))
    return _told(case)


def _told(case: Case) -> dict[str, Any]:
    found = current_upload(case)
    if found is None:
        raise HttpError(404, "No list was sent yet.")
    return of_list(found)
