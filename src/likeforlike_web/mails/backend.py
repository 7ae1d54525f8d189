"""What Django sends mails by: they go into the outbox, so that no page waits for a mail server."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from likeforlike_web.mails.outbox import keep
from likeforlike_web.mails.wording import MailKind, Wording


class Outbox(BaseEmailBackend):
    """Keeps mails of sign-in, whose words are allauth's."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put each into the outbox, once for each recipient."""
        for message in email_messages:
            for address in message.recipients():
                words = Wording(str(message.subject), str(message.body))
                keep(MailKind.ACCOUNT, address, f"account:{uuid4()}", words)
        return len(email_messages)
