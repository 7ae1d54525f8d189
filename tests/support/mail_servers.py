"""Mail servers that behave as asked: what Django hands mails to in tests."""

from __future__ import annotations

import smtplib
from typing import ClassVar

from django.core.mail.backends.base import BaseEmailBackend


class Server(BaseEmailBackend):
    """Takes what it is given, and remembers it."""

    taken: ClassVar[list] = []
    fails: ClassVar[list[Exception]] = []
    """What is raised by the next mails, one each."""
    after_taking: ClassVar[bool] = False

    def open(self):
        return True

    def close(self):
        pass

    def send_messages(self, messages):
        if self.fails and not self.after_taking:
            raise self.fails.pop(0)
        self.taken.extend(messages)
        if self.fails:
            raise self.fails.pop(0)
        return len(messages)


def refusing(code: int, address: str = "x@lab.test") -> smtplib.SMTPRecipientsRefused:
    """A server that answers, and does not take the mail."""
    return smtplib.SMTPRecipientsRefused({address: (code, b"no such person as x@lab.test")})
