"""Who may do each action: one table, asked by everything."""

from __future__ import annotations

from likeforlike_web.cases.actions import Action as A
from likeforlike_web.cases.roles import Role as R
from likeforlike_web.cases.states import State as S

LAB = frozenset({R.ANALYST, R.QUALITY, R.CHECKER, R.FREE_ANALYST, R.FREE_CHECKER, R.ADMINISTRATOR})

PERMISSIONS: dict[A, frozenset[R]] = {
    A.VIEW: LAB | {R.PROVIDER},
    A.ANSWER: frozenset({R.PROVIDER}),
    A.ASK_SIGNATURE: frozenset({R.PROVIDER}),
    A.SIGN: frozenset({R.PROVIDER}),
    A.UPLOAD: frozenset({R.PROVIDER}),
    A.CONFIRM: frozenset({R.PROVIDER}),
    A.SEND: frozenset({R.PROVIDER}),
    A.WITHDRAW: frozenset({R.PROVIDER}),
    A.DELETE_DATA: frozenset({R.PROVIDER, R.ADMINISTRATOR}),
    A.MESSAGE: frozenset({R.PROVIDER, R.ANALYST}),
    A.NOTE: frozenset({R.ANALYST, R.QUALITY, R.CHECKER, R.ADMINISTRATOR}),
    A.TAKE: frozenset({R.FREE_ANALYST}),
    A.ACCEPT: frozenset({R.ANALYST}),
    A.RETURN: frozenset({R.ANALYST}),
    A.DECLINE: frozenset({R.ANALYST}),
    A.PLAN: frozenset({R.ANALYST}),
    A.RUN: frozenset({R.ANALYST}),
    A.CANCEL: frozenset({R.ANALYST, R.ADMINISTRATOR}),
    A.FINISH: frozenset({R.SYSTEM}),
    A.FAIL: frozenset({R.SYSTEM}),
    A.WRITE_CONTEXT: frozenset({R.ANALYST}),
    A.ASK_QUALITY: frozenset({R.ANALYST}),
    A.PASS_QUALITY: frozenset({R.FREE_ANALYST, R.QUALITY}),
    A.FAIL_QUALITY: frozenset({R.FREE_ANALYST, R.QUALITY}),
    A.VOTE: frozenset({R.FREE_CHECKER, R.CHECKER}),
    A.CLEAR: frozenset({R.SYSTEM}),
    A.SEND_BACK: frozenset({R.SYSTEM, R.CHECKER}),
    A.REJECT: frozenset({R.SYSTEM}),
    A.READ_DRAFT: LAB | {R.PROVIDER},
    A.COMMENT_FACTS: frozenset({R.PROVIDER}),
    A.CONFIRM_FACTS: frozenset({R.PROVIDER}),
    A.PUBLISH: frozenset({R.ADMINISTRATOR}),
    A.CORRECT: frozenset({R.ADMINISTRATOR}),
}

HIDDEN_FROM_THE_LAB = frozenset({S.DRAFT})
"""A draft is the provider's own: of the lab nobody sees it."""


def may(role: R, state: S, action: A) -> bool:
    """Whether somebody in this part may do this to a request in this state, as far as the tables say."""
    from likeforlike_web.cases.moves import after

    if state in HIDDEN_FROM_THE_LAB and role in LAB:
        return False
    return role in PERMISSIONS[action] and after(state, action) is not None
