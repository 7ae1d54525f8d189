"""Whether a person may do something to a request now, and the sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.moves import after
from likeforlike_web.cases.permissions import PERMISSIONS, may
from likeforlike_web.cases.roles import Role
from likeforlike_web.cases.states import TITLE, State

NOT_YOURS = "This is not yours to do: it is for another person or organisation."


class NotAllowed(PermissionDenied):
    """What was asked may not be done now; the message is one sentence that a person can act on."""


def why_not(roles: Iterable[Role], state: State, action: Action) -> str:
    """Why somebody in these parts may not do this; empty if they may."""
    held = frozenset(roles)
    if any(may(role, state, action) for role in held):
        return ""
    if not held & PERMISSIONS[action] or after(state, Action.VIEW) is None:
        return NOT_YOURS
    if after(state, action) is None:
        return f"The request is at “{TITLE[state]}”, where nobody can {action}. Load its page again."
    return NOT_YOURS


def require(roles: Iterable[Role], state: State, action: Action) -> None:
    """Refuse what may not be done.

    Raises
    ------
    NotAllowed
        With the reason.
    """
    reason = why_not(roles, state, action)
    if reason:
        raise NotAllowed(reason)
