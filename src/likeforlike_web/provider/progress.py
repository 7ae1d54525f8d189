"""The tracker of a request that was sent: fixed steps, and where it is."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import SENTENCE, State, seen

STEPS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("Sent", (State.SUBMITTED, State.RETURNED)),
    ("Taken on", (State.ACCEPTED,)),
    ("Analysed", (State.RUNNING, State.STOPPED, State.DRAFTED)),
    ("Checked by a second analyst", (State.QUALITY,)),
    ("Checked for privacy by two people", (State.CHECKING,)),
    ("Facts checked by you", (State.FACTS,)),
    ("Ready to be published", (State.READY,)),
    ("Published", (State.PUBLISHED,)),
)
SHOWN: dict[Kind, str] = {
    Kind.STARTED: "Request started",
    Kind.SIGNATURE_ASKED: "Agreement sent to be signed",
    Kind.SIGNED: "Agreement signed",
    Kind.UPLOADED: "List received",
    Kind.CHECKED: "List checked",
    Kind.SENT: "Request sent",
    Kind.TAKEN: "An analyst has it",
    Kind.ACCEPTED: "Request taken on",
    Kind.RETURNED: "Returned to you with a question",
    Kind.DECLINED: "Not taken on",
    Kind.WITHDRAWN: "Request withdrawn",
    Kind.QUALITY_PASSED: "Checked by a second analyst",
    Kind.CLEARED: "Checked for privacy",
    Kind.FACTS_COMMENTED: "You commented on the draft",
    Kind.FACTS_CONFIRMED: "You confirmed the facts",
    Kind.PUBLISHED: "Result published",
    Kind.CORRECTED: "Publication corrected",
    Kind.KEY_DESTROYED: "List deleted",
}
"""Events that a provider sees: people's doings, and nothing of when a computer was done with the records."""
ASKED_FOR_DELETION = '"asked":true'


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tracker."""

    title: str
    style: str
    sentence: str = ""


def tracker(case: Case) -> list[Step]:
    """Every step, and which is past, now or ahead; nothing for a request that ended before."""
    if case.where in (State.DECLINED, State.WITHDRAWN, State.DRAFT):
        return []
    here = next(number for number, (_, states) in enumerate(STEPS) if case.where in states)
    published = case.where is State.PUBLISHED
    return [
        Step(
            title,
            "past" if number < here or published else "now" if number == here else "ahead",
            SENTENCE[seen(case.where)] if number == here and not published else "",
        )
        for number, (title, _) in enumerate(STEPS)
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline."""

    title: str
    at: object


def timeline(case: Case) -> list[Told]:
    """What happened, newest first."""
    events = Event.objects.filter(case=case.reference, kind__in=[str(kind) for kind in SHOWN]).order_by(
        "-number"
    )
    return [
        Told(SHOWN[Kind(event.kind)], event.at) for event in events if ASKED_FOR_DELETION not in event.facts
    ]
