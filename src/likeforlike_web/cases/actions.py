"""Everything that may be done with a request."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Something that may be done with a request."""

    VIEW = "view"
    ANSWER = "answer questions"
    ASK_SIGNATURE = "ask for a signature"
    SIGN = "sign the agreement"
    UPLOAD = "upload a list"
    CONFIRM = "confirm points of the list"
    SEND = "send"
    WITHDRAW = "withdraw"
    DELETE_DATA = "delete the list"
    MESSAGE = "write a message"
    NOTE = "write a note for the lab"
    TAKE = "take it on as analyst"
    ACCEPT = "accept"
    RETURN = "return to the provider"
    DECLINE = "decline"
    PLAN = "change the plan"
    RUN = "start the analysis"
    CANCEL = "cancel the analysis"
    FINISH = "finish the analysis"
    FAIL = "stop the analysis"
    WRITE_CONTEXT = "write the report's context"
    ASK_QUALITY = "ask for quality assurance"
    PASS_QUALITY = "pass quality assurance"
    FAIL_QUALITY = "send back from quality assurance"
    VOTE = "vote"
    CLEAR = "clear for the provider"
    SEND_BACK = "send back from checking"
    REJECT = "reject"
    READ_DRAFT = "read the draft"
    COMMENT_FACTS = "comment on the facts"
    CONFIRM_FACTS = "confirm the facts"
    PUBLISH = "publish"
    CORRECT = "correct the publication"
