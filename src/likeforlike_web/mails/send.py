"""Hands mails over to the mail server: each is claimed first, and is never handed over twice."""

from __future__ import annotations

import hashlib
import logging
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from likeforlike_web.mails.models import OVER, Mail, MailState

LEASE = timedelta(minutes=5)
"""Longer than a mail server may take; whoever is silent for longer may have handed the mail over."""
MOST_ATTEMPTS = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FORGET_AFTER = timedelta(days=14)
"""As long as an invitation is open."""
PERMANENT = 500
DOWN = (smtplib.SMTPException, OSError)
log = logging.getLogger(__name__)


def work(pause: float = 5.0, until: Callable[[], bool] = lambda: False) -> None:
    """Send what is due until stopped, or `until` says so while nothing is due."""
    while True:
        try:
            sent = send_due()
        except DatabaseError as error:
            log.warning("the database cannot be used (%s): trying again", type(error).__name__)
            connection.close()
            sent = 0
        if not sent:
            if until():
                return
            time.sleep(pause)


def send_due() -> int:
    """Send every mail that is due; how many were dealt with. While the mail server is away, none is touched."""
    tidy()
    dealt = 0
    while due().exists():
        transport = get_connection(settings.MAIL_TRANSPORT)
        try:
            transport.open()
        except DOWN as error:
            log.warning("the mail server cannot be reached (%s): mails wait", type(error).__name__)
            return 0
        try:
            mail = claim()
            if mail is None:
                return dealt
            hand_over(mail, transport)
            dealt += 1
        finally:
            _close(transport)
    return dealt


def due() -> Any:
    """Mails whose time has come, the oldest first."""
    return Mail.objects.filter(state=str(MailState.WAITING), due__lte=timezone.now())


@transaction.atomic
def claim() -> Mail | None:
    """One mail that is due, for us alone; nothing if there is none."""
    waiting = due()
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    mail: Mail | None = waiting.first()
    if mail is None:
        return None
    mail.state, mail.lease_until = str(MailState.SENDING), timezone.now() + LEASE
    mail.fence, mail.attempts = mail.fence + 1, mail.attempts + 1
    mail.save()
    return mail


def hand_over(mail: Mail, transport: Any) -> None:
    """Give a claimed mail to the server, and note what became of it."""
    try:
        transport.send_messages([message_of(mail)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        # the server answered, and did not take it
        _refused(mail, refusal)
    except DOWN as error:
        _note(mail, MailState.UNSURE, error=type(error).__name__)
    except Exception as error:
        # a message that cannot be made was not sent; its words may hold the address
        _note(mail, MailState.GIVEN_UP, error=type(error).__name__)
    else:
        _note(mail, MailState.SENT, address="", subject="", body="", error="")


def message_of(mail: Mail) -> EmailMessage:
    """The mail, with an identity of its own by which a mail server knows it again."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    name = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, None, [mail.address], headers=headers)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time, up to six hours."""
    return min(FIRST_WAIT * int(2 ** min(attempts - 1, 20)), LONGEST_WAIT)


def tidy() -> None:
    """Mails whose sender died are unsure; those that nobody needs any more are forgotten."""
    now = timezone.now()
    silent = Mail.objects.filter(state=str(MailState.SENDING), lease_until__lt=now)
    silent.update(state=str(MailState.UNSURE), lease_until=None, error="the sender fell silent")
    old = Mail.objects.exclude(state__in=(*OVER, str(MailState.SENDING))).filter(made__lt=now - FORGET_AFTER)
    old.update(state=str(MailState.FORGOTTEN), address="", subject="", body="", finished=now)


def _refused(mail: Mail, refusal: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> None:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        code = max((int(code) for code, _ in refusal.recipients.values()), default=PERMANENT)
    else:
        code = refusal.smtp_code
    error = f"{type(refusal).__name__} {code}"
    if code >= PERMANENT or mail.attempts >= MOST_ATTEMPTS:
        _note(mail, MailState.GIVEN_UP, error=error)
    else:
        _note(mail, MailState.WAITING, error=error, due=timezone.now() + wait_after(mail.attempts))


def _note(mail: Mail, state: MailState, **fields: Any) -> None:
    mine = Mail.objects.filter(pk=mail.pk, fence=mail.fence, state=str(MailState.SENDING))
    finished = None if state is MailState.WAITING else timezone.now()
    if mine.update(state=str(state), lease_until=None, finished=finished, **fields) != 1:
        log.warning("mail %s is another's by now", mail.pk)
    elif state is not MailState.SENT:
        log.warning("mail %s: %s (%s)", mail.pk, state, fields["error"])


def _close(transport: Any) -> None:
    try:
        transport.close()
    except DOWN as error:
        log.warning("the mail server went away (%s)", type(error).__name__)
