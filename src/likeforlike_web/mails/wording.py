"""What mails say: four texts that an administrator may change, none of which can tell anything of a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Template


class MailKind(StrEnum):
    """What a mail is for."""

    INVITATION = "invitation"
    SIGNATURE = "signature"
    NEWS = "news"
    WORK = "work"
    ACCOUNT = "account"
    """Codes and notices of sign-in, which allauth words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A subject and a text with `$name` where something is put in."""

    subject: str
    body: str

    def filled(self, values: Mapping[str, str]) -> Wording:
        """The same with its places filled."""
        return Wording(self.subject, Template(self.body).substitute(values))


PLACES: dict[MailKind, frozenset[str]] = {
    MailKind.INVITATION: frozenset({"link"}),
    MailKind.SIGNATURE: frozenset({"link"}),
    MailKind.NEWS: frozenset(),
    MailKind.WORK: frozenset(),
}
"""What a text must hold, and may hold; news is the same whatever the news is."""

FOR: dict[MailKind, str] = {
    MailKind.INVITATION: "Somebody is invited to make an account",
    MailKind.SIGNATURE: "Somebody is asked to sign an agreement",
    MailKind.NEWS: "An organisation has news in its request, whatever the news is",
    MailKind.WORK: "Something waits for somebody of the lab",
}

DEFAULT: dict[MailKind, Wording] = {
    MailKind.INVITATION: Wording(
        "You are invited to Like for Like",
        """You are invited to use Like for Like, where organisations find out whether their programmes work.

Open this link within 14 days to make your account:

$link

If you do not know why you got this, you need do nothing.
""",
    ),
    MailKind.SIGNATURE: Wording(
        "A data sharing agreement for you to sign",
        """You are asked to sign a data sharing agreement for your organisation.

Open this link to read it and to sign:

$link

If you do not know why you got this, do not sign: tell whoever is responsible for data protection with you.
""",
    ),
    MailKind.NEWS: Wording(
        "There is news in your request",
        """There is news in a request of your organisation at Like for Like.

Sign in as you always do to read it. For your safety this mail has no link, and says nothing more.
""",
    ),
    MailKind.WORK: Wording(
        "Something waits for you at the desk",
        """Something waits for you at the desk of Like for Like.

Sign in as you always do to see it. For safety this mail has no link, and says nothing more.
""",
    ),
}


def wrong_with(kind: MailKind, body: str) -> str:
    """What keeps a text from being used, in a sentence; empty if nothing does."""
    template = Template(body)
    if not template.is_valid():
        return "Write $$ where you mean a dollar sign"
    found = set(template.get_identifiers())
    unknown, missing = sorted(found - PLACES[kind]), sorted(PLACES[kind] - found)
    if unknown:
        return f"Take out ${unknown[0]}: this mail has nothing to put there"
    if missing:
        return f"Write ${missing[0]} where it is to be put in"
    return ""
