"""Every kind of event, and what data-protection law calls it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Category = Literal[
    "collection", "alteration", "consultation", "disclosure", "combination", "erasure", "access"
]
"""As section 62 of the Data Protection Act 2018 has them; `access` is about accounts."""


class Kind(StrEnum):
    """What was done."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_FAILED = "sign-in failed"
    FACTOR_ADDED = "second factor added"
    FACTOR_REMOVED = "second factor removed"
    INVITED = "person invited"
    JOINED = "person joined"
    PERSON_CHANGED = "person changed"
    ORGANISATION_ADDED = "organisation added"
    TOKEN_MADE = "key of a program made"  # noqa: S105
    TOKEN_ENDED = "key of a program ended"  # noqa: S105
    REFUSED = "access refused"
    STARTED = "request started"
    ANSWERED = "answers saved"
    SIGNATURE_ASKED = "signature asked for"
    SIGNED = "agreement signed"
    UPLOADED = "list received"
    CHECKED = "list checked"
    CONFIRMED = "points confirmed"
    COLUMNS_MATCHED = "columns matched"
    SENT = "request sent"
    TAKEN = "analyst named"
    ACCEPTED = "request accepted"
    RETURNED = "request returned"
    DECLINED = "request declined"
    WITHDRAWN = "request withdrawn"
    PLANNED = "plan changed"
    RUN = "analysis started"
    STAGE = "stage finished"
    STOPPED = "analysis stopped"
    RETRIED = "job put back"
    RESULT = "result made"
    CONTEXT = "report's context changed"
    QUALITY_ASKED = "quality assurance asked for"
    QUALITY_PASSED = "quality assurance passed"
    SENT_BACK = "sent back to the analyst"
    VOTED = "vote cast"
    CLEARED = "cleared by two checkers"
    FACTS_COMMENTED = "facts commented on"
    FACTS_CONFIRMED = "facts confirmed"
    PUBLISHED = "result published"
    CORRECTED = "publication corrected"
    MESSAGE = "message sent"
    NOTED = "note written"
    AUDIT_SEARCHED = "record searched"
    VIEWED = "page viewed"
    DOWNLOADED = "file downloaded"
    WORDING = "mail's wording changed"
    MAILED_AGAIN = "mail put back"
    KEY_MADE = "request key made"
    KEY_DESTROYED = "request key destroyed"


CATEGORY: dict[Kind, Category] = {
    Kind.SIGNED_IN: "access",
    Kind.SIGNED_OUT: "access",
    Kind.SIGN_IN_FAILED: "access",
    Kind.FACTOR_ADDED: "access",
    Kind.FACTOR_REMOVED: "access",
    Kind.INVITED: "access",
    Kind.JOINED: "access",
    Kind.PERSON_CHANGED: "access",
    Kind.ORGANISATION_ADDED: "access",
    Kind.TOKEN_MADE: "access",
    Kind.TOKEN_ENDED: "access",
    Kind.REFUSED: "access",
    Kind.STARTED: "collection",
    Kind.ANSWERED: "alteration",
    Kind.SIGNATURE_ASKED: "disclosure",
    Kind.SIGNED: "alteration",
    Kind.UPLOADED: "collection",
    Kind.CHECKED: "consultation",
    Kind.CONFIRMED: "alteration",
    Kind.COLUMNS_MATCHED: "alteration",
    Kind.SENT: "collection",
    Kind.TAKEN: "alteration",
    Kind.ACCEPTED: "alteration",
    Kind.RETURNED: "alteration",
    Kind.DECLINED: "alteration",
    Kind.WITHDRAWN: "alteration",
    Kind.PLANNED: "alteration",
    Kind.RUN: "combination",
    Kind.STAGE: "combination",
    Kind.STOPPED: "alteration",
    Kind.RETRIED: "alteration",
    Kind.RESULT: "combination",
    Kind.CONTEXT: "alteration",
    Kind.QUALITY_ASKED: "alteration",
    Kind.QUALITY_PASSED: "alteration",
    Kind.SENT_BACK: "alteration",
    Kind.VOTED: "alteration",
    Kind.CLEARED: "disclosure",
    Kind.FACTS_COMMENTED: "alteration",
    Kind.FACTS_CONFIRMED: "alteration",
    Kind.PUBLISHED: "disclosure",
    Kind.CORRECTED: "alteration",
    Kind.MESSAGE: "disclosure",
    Kind.NOTED: "alteration",
    Kind.AUDIT_SEARCHED: "consultation",
    Kind.VIEWED: "consultation",
    Kind.DOWNLOADED: "disclosure",
    Kind.WORDING: "alteration",
    Kind.MAILED_AGAIN: "alteration",
    Kind.KEY_MADE: "collection",
    Kind.KEY_DESTROYED: "erasure",
}
