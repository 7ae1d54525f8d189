"""Writing a mail, in the transaction of what it tells of."""

from __future__ import annotations

from likeforlike_web.mails.models import ChangedWording, Mail
from likeforlike_web.mails.wording import DEFAULT, MailKind, Wording


def wording_of(kind: MailKind) -> Wording:
    """What mails of a kind say now."""
    changed = ChangedWording.objects.filter(kind=str(kind)).first()
    return Wording(changed.subject, changed.body) if changed else DEFAULT[kind]


def write(kind: MailKind, address: str, key: str, **values: str) -> None:
    """Put a mail into the outbox, unless one with this key was put there before.

    Parameters
    ----------
    kind
        What it is for.
    address
        To whom.
    key
        What it is about: the same key is never sent twice.
    values
        What is put into the text's places.
    """
    words = wording_of(kind).filled(values)
    keep(kind, address, key, words)


def keep(kind: MailKind, address: str, key: str, words: Wording) -> None:
    """Put words that are written already into the outbox."""
    mail = Mail(key=key, kind=str(kind), address=address, subject=words.subject[:200], body=words.body)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
