"""The list of people: a key for the request, a list received, checked, matched, confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import SYSTEM, record
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.jobs.models import JobKind
from likeforlike_web.jobs.queue import enqueue
from likeforlike_web.uploads.files import remove
from likeforlike_web.uploads.handler import Received
from likeforlike_web.uploads.models import GONE, RequestKey, Upload, UploadState

NO_KEY = "We cannot take lists at the moment. Try again in a few minutes."
DESTROYED = "The key of this request was destroyed, so that it can take no list: start a new request."
NOTHING_TO_CONFIRM = "There is nothing to confirm: load the page again."


@transaction.atomic
def key_of(case_id: UUID, by: User) -> str:
    """The public key of a request; it takes one that the vault has made ready when it has none yet.

    Raises
    ------
    NotAllowed
        No key is ready, or the request's was destroyed.
    """
    case = begin(case_id, Action.UPLOAD, by)
    key = RequestKey.objects.filter(case=case).first()
    if key is None:
        ready = RequestKey.objects.filter(case__isnull=True, destroyed__isnull=True).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        key = ready.first()
        if key is None:
            raise NotAllowed(NO_KEY)
        key.case = case
        key.save(update_fields=["case"])
    if key.destroyed:
        raise NotAllowed(DESTROYED)
    return key.public


@transaction.atomic
def receive(case_id: UUID, upload: UUID, *, kind: str, size: int, sha256: str, by: User) -> Upload:
    """Note a list whose ciphertext is in its place, and have it checked; it replaces an earlier one."""
    case = begin(case_id, Action.UPLOAD, by)
    case.uploads.exclude(state__in=GONE).update(state=str(UploadState.REPLACED))
    made = Upload.objects.create(id=upload, case=case, by=by, kind=kind, size=size, ciphertext_sha256=sha256)
    enqueue(JobKind.CHECK, case, made)
    finish(case, Action.UPLOAD, Kind.UPLOADED, by, upload=str(upload), size=size, sha256=sha256)
    return made


def take(case_id: UUID, came: Received, *, by: User) -> Upload:
    """Note a list that has just come; its ciphertext goes if that cannot be done."""
    try:
        return receive(case_id, came.upload, kind=came.kind, size=came.size, sha256=came.sha256, by=by)
    except BaseException:
        remove(came.upload)
        raise


@transaction.atomic
def match_columns(case_id: UUID, columns: dict[str, str], *, sheet: str = "", by: User) -> None:
    """Say which of the file's headings stands for which column, and have the list checked again."""
    case, upload = _current(case_id, Action.UPLOAD, by)
    upload.columns, upload.state = columns, str(UploadState.CHECKING)
    upload.sheet = sheet or upload.sheet
    upload.save()
    enqueue(JobKind.CHECK, case, upload)
    finish(case, Action.UPLOAD, Kind.COLUMNS_MATCHED, by, columns=len(columns))


@transaction.atomic
def confirm(case_id: UUID, reason: str, *, by: User) -> None:
    """Say that unusual points of the list are right.

    Raises
    ------
    NotAllowed
        Nothing waits to be confirmed.
    """
    case, upload = _current(case_id, Action.CONFIRM, by)
    if upload.where is not UploadState.CONFIRM:
        raise NotAllowed(NOTHING_TO_CONFIRM)
    upload.confirmed, upload.state = reason, str(UploadState.ACCEPTED)
    upload.save()
    finish(case, Action.CONFIRM, Kind.CONFIRMED, by)


def keep_check(upload: Upload, found: dict[str, Any], state: UploadState) -> None:
    """Keep what a check found, in the transaction that ends its job; a list that was replaced meanwhile stays so."""
    same = Upload.objects.filter(pk=upload.pk).exclude(state__in=GONE)
    same.update(found=found, state=str(state))
    counts = {key: found[key] for key in ("rows", "people", "must_fix", "please_confirm") if key in found}
    record(
        Kind.CHECKED,
        actor=SYSTEM,
        case=upload.case.reference,
        upload=str(upload.pk),
        result=str(state),
        **counts,
    )


def _current(case_id: UUID, action: Action, by: User) -> tuple[Case, Upload]:
    case = begin(case_id, action, by)
    upload = case.uploads.select_for_update().exclude(state__in=GONE).first()
    if upload is None:
        raise NotAllowed(NOTHING_TO_CONFIRM)
    return case, upload
