"""Which actions each state allows, and the state after; what is not here may not be done."""

from __future__ import annotations

from likeforlike_web.cases.actions import Action as A
from likeforlike_web.cases.states import State as S

FILLING_IN = (S.DRAFT, S.RETURNED)
BEFORE_OUTCOMES = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.ACCEPTED)
"""States in which a request may be withdrawn: afterwards only good news would be left."""
AT_REST = (S.DRAFT, S.RETURNED, S.FACTS, S.READY, S.PUBLISHED, S.DECLINED, S.WITHDRAWN)
"""States in which nobody works on the list, so that it may be deleted."""
IN_THE_LAB = (S.SUBMITTED, S.ACCEPTED, S.RUNNING, S.STOPPED, S.DRAFTED, S.QUALITY, S.CHECKING)
DRAFT_IS_OUT = (S.FACTS, S.READY, S.PUBLISHED)


def _staying(action: A, states: tuple[S, ...]) -> dict[tuple[S, A], S]:
    return {(state, action): state for state in states}


MOVES: dict[tuple[S, A], S] = {
    **_staying(A.VIEW, tuple(S)),
    **_staying(A.ANSWER, FILLING_IN),
    **_staying(A.ASK_SIGNATURE, FILLING_IN),
    **_staying(A.SIGN, FILLING_IN),
    **_staying(A.UPLOAD, FILLING_IN),
    **_staying(A.CONFIRM, FILLING_IN),
    **{(state, A.SEND): S.SUBMITTED for state in FILLING_IN},
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in BEFORE_OUTCOMES},
    **_staying(A.DELETE_DATA, AT_REST),
    **_staying(A.MESSAGE, (*FILLING_IN, *IN_THE_LAB, *DRAFT_IS_OUT)),
    **_staying(A.NOTE, (*IN_THE_LAB, *DRAFT_IS_OUT, S.RETURNED, S.DECLINED, S.WITHDRAWN)),
    (S.SUBMITTED, A.TAKE): S.SUBMITTED,
    (S.SUBMITTED, A.ACCEPT): S.ACCEPTED,
    (S.SUBMITTED, A.RETURN): S.RETURNED,
    (S.ACCEPTED, A.RETURN): S.RETURNED,
    (S.STOPPED, A.RETURN): S.RETURNED,
    (S.SUBMITTED, A.DECLINE): S.DECLINED,
    (S.ACCEPTED, A.DECLINE): S.DECLINED,
    (S.STOPPED, A.DECLINE): S.DECLINED,
    **_staying(A.PLAN, (S.SUBMITTED, S.ACCEPTED, S.STOPPED)),
    (S.ACCEPTED, A.RUN): S.RUNNING,
    (S.STOPPED, A.RUN): S.RUNNING,
    (S.DRAFTED, A.RUN): S.RUNNING,
    (S.RUNNING, A.CANCEL): S.STOPPED,
    (S.RUNNING, A.FINISH): S.DRAFTED,
    (S.RUNNING, A.FAIL): S.STOPPED,
    (S.DRAFTED, A.WRITE_CONTEXT): S.DRAFTED,
    (S.QUALITY, A.WRITE_CONTEXT): S.DRAFTED,
    (S.CHECKING, A.WRITE_CONTEXT): S.DRAFTED,
    (S.FACTS, A.WRITE_CONTEXT): S.DRAFTED,
    (S.DRAFTED, A.ASK_QUALITY): S.QUALITY,
    (S.QUALITY, A.PASS_QUALITY): S.CHECKING,
    (S.QUALITY, A.FAIL_QUALITY): S.DRAFTED,
    (S.CHECKING, A.VOTE): S.CHECKING,
    (S.CHECKING, A.CLEAR): S.FACTS,
    (S.CHECKING, A.SEND_BACK): S.DRAFTED,
    (S.CHECKING, A.REJECT): S.DECLINED,
    **_staying(A.READ_DRAFT, DRAFT_IS_OUT),
    (S.FACTS, A.COMMENT_FACTS): S.FACTS,
    (S.FACTS, A.CONFIRM_FACTS): S.READY,
    (S.READY, A.PUBLISH): S.PUBLISHED,
    (S.PUBLISHED, A.CORRECT): S.PUBLISHED,
}


def after(state: S, action: A) -> S | None:
    """The state after an action, or nothing where it may not be done."""
    return MOVES.get((state, action))
