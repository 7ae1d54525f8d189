"""Mails about accounts; none says anything about a request."""

from __future__ import annotations

from likeforlike_web.accounts.invitations import hashed
from likeforlike_web.mails.outbox import write
from likeforlike_web.mails.wording import MailKind


def send_invitation(address: str, token: str, link: str) -> None:
    """The link by which one person may sign up; in the transaction that invites."""
    write(MailKind.INVITATION, address, f"invitation:{hashed(token)}", link=link)
