"""The data sharing agreement: asking a named person to sign, and their signing."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import ANYONE, record
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Signature
from likeforlike_web.cases.moves import after
from likeforlike_web.cases.policies import NotAllowed

OVER = "This link cannot be used any more: ask whoever sent it for a new one."


def hashed(text: str) -> str:
    """What is kept of a link, and of the agreement's text."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def ask_signature(case_id: UUID, *, name: str, job: str, email: str, text: str, by: User) -> str:
    """Name who signs, and give the token of their link; an earlier link is void."""
    case = begin(case_id, Action.ASK_SIGNATURE, by)
    case.signatures.filter(current=True).update(current=False)
    token = secrets.token_urlsafe(32)
    Signature.objects.create(
        case=case, name=name, job=job, email=email, token_sha256=hashed(token), text_sha256=hashed(text)
    )
    finish(case, Action.ASK_SIGNATURE, Kind.SIGNATURE_ASKED, by)
    return token


def signature_of(token: str) -> Signature | None:
    """What a link is for; nothing if it is void."""
    found = Signature.objects.select_related("case__organisation").filter(
        token_sha256=hashed(token), current=True
    )
    return found.first()


@transaction.atomic
def sign(token: str, *, name: str, text: str) -> Case:
    """Sign: the link is the proof of who does.

    Raises
    ------
    NotAllowed
        The link is void, the agreement was signed already, or has changed since it was shown.
    """
    signature = Signature.objects.select_for_update().filter(token_sha256=hashed(token), current=True).first()
    if signature is None or signature.signed or signature.text_sha256 != hashed(text):
        raise NotAllowed(OVER)
    case = Case.objects.select_for_update().get(pk=signature.case_id)
    if after(case.where, Action.SIGN) is None:
        raise NotAllowed(OVER)
    signature.signed, signature.signed_name = timezone.now(), name
    signature.save()
    record(
        Kind.SIGNED, actor=ANYONE, case=case.reference, subject=f"signature:{signature.pk}", text=hashed(text)
    )
    return case
