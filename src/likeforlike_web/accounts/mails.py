"""Mails about accounts; none says anything about a request."""

from __future__ import annotations

from django.core.mail import send_mail

SUBJECT = "You are invited to Like for Like"
TEXT = """You are invited to use Like for Like, where organisations find out whether their programmes work.

Open this link within 14 days to make your account:

{link}

If you do not know why you got this, you need do nothing.
"""


def send_invitation(address: str, link: str) -> None:
    """The link by which one person may sign up."""
    send_mail(SUBJECT, TEXT.format(link=link), None, [address])
