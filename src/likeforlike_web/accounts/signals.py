"""Sign-ins, failed ones and changes of a second factor are events of the audit."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import ANYONE, actor_of, record


def _record(kind: Kind, user: Any) -> None:
    with transaction.atomic():
        record(kind, actor=actor_of(user) if isinstance(user, User) else ANYONE)


@receiver(user_logged_in)
def signed_in(sender: Any, user: Any, **_: Any) -> None:
    """Somebody came in."""
    _record(Kind.SIGNED_IN, user)


@receiver(user_logged_out)
def signed_out(sender: Any, user: Any, **_: Any) -> None:
    """Somebody left."""
    _record(Kind.SIGNED_OUT, user)


@receiver(user_login_failed)
def not_signed_in(sender: Any, **_: Any) -> None:
    """Somebody could not come in; not even the address is kept, for it may be a password."""
    _record(Kind.SIGN_IN_FAILED, None)


@receiver(authenticator_added)
def factor_added(sender: Any, user: Any, **_: Any) -> None:
    """A passkey, an app or recovery codes."""
    _record(Kind.FACTOR_ADDED, user)


@receiver(authenticator_removed)
def factor_removed(sender: Any, user: Any, **_: Any) -> None:
    """One of them taken away."""
    _record(Kind.FACTOR_REMOVED, user)
