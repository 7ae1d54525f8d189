"""A draft or a result by program."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import HttpError

from likeforlike_web.api.auth import Scoped
from likeforlike_web.api.requests import WRONG, own
from likeforlike_web.api.tokens import RESULTS
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.looked import looked_at
from likeforlike_web.cases.models import latest_result
from likeforlike_web.design.report_file import file_response

router = Router(tags=["Results"])
BYTES = {
    "responses": {
        200: {
            "description": "The file",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get(
    "/requests/{case_id}/files/{path:name}", auth=Scoped(RESULTS), response=WRONG, openapi_extra=BYTES
)
def file(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """A file of the draft or result, by its name in the request's `files`."""
    case = own(request, case_id, Action.READ_DRAFT)
    result = latest_result(case)
    part = result.files.filter(name=name).first() if result else None
    if part is None:
        raise HttpError(404, "There is no file of that name: the request's files name what there is.")
    looked_at(request, case, Kind.DOWNLOADED, name)
    return file_response(name, bytes(part.content), case.reference)
