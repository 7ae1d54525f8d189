"""The wording of mails, and mails that could not be sent; seen to by whoever runs the lab."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.mails.models import ChangedWording, Mail, MailState
from likeforlike_web.mails.wording import DEFAULT, MailKind, Wording, wrong_with

NOT_HELD = "Only a mail that was given up, or may not have arrived, can be put back."


@transaction.atomic
def send_again(mail_id: int, *, by: User) -> Mail:
    """Have a mail sent that was given up, or that may not have arrived.

    Raises
    ------
    NotAllowed
        It waits already, was sent, or is too old.
    """
    mail = Mail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None:
        raise Http404
    if mail.state not in (MailState.GIVEN_UP, MailState.UNSURE):
        raise NotAllowed(NOT_HELD)
    mail.state, mail.due, mail.finished, mail.attempts = (
        str(MailState.WAITING),
        timezone.now(),
        None,
        0,
    )
    mail.save()
    record(Kind.MAILED_AGAIN, actor=actor_of(by), subject=f"mail:{mail.pk}")
    return mail


@transaction.atomic
def change_wording(kind: MailKind, words: Wording, *, by: User) -> None:
    """Change what mails of a kind say from now on; the service's own words are not kept as a change.

    Raises
    ------
    NotAllowed
        A place of the text is missing, or is none that it has.
    """
    wrong = wrong_with(kind, words.body)
    if wrong:
        raise NotAllowed(wrong)
    if words == DEFAULT[kind]:
        ChangedWording.objects.filter(kind=str(kind)).delete()
    else:
        ChangedWording.objects.update_or_create(
            kind=str(kind), defaults={"subject": words.subject, "body": words.body}
        )
    record(Kind.WORDING, actor=actor_of(by), subject=f"mail:{kind}")
