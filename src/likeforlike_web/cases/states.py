"""Where a request can be, in a sentence each, and who must act next: one owner a state."""

from __future__ import annotations

from enum import StrEnum

from likeforlike_web.cases.roles import Role


class State(StrEnum):
    """Where a request is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    RUNNING = "running"
    STOPPED = "stopped"
    DRAFTED = "drafted"
    QUALITY = "quality"
    CHECKING = "checking"
    FACTS = "facts"
    READY = "ready"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OWNER: dict[State, Role | None] = {
    State.DRAFT: Role.PROVIDER,
    State.SUBMITTED: Role.FREE_ANALYST,
    State.RETURNED: Role.PROVIDER,
    State.ACCEPTED: Role.ANALYST,
    State.RUNNING: Role.SYSTEM,
    State.STOPPED: Role.ANALYST,
    State.DRAFTED: Role.ANALYST,
    State.QUALITY: Role.FREE_ANALYST,
    State.CHECKING: Role.FREE_CHECKER,
    State.FACTS: Role.PROVIDER,
    State.READY: Role.ADMINISTRATOR,
    State.PUBLISHED: None,
    State.DECLINED: None,
    State.WITHDRAWN: None,
}
"""Who must act next; what belongs to nobody is final."""

TITLE: dict[State, str] = {
    State.DRAFT: "Not sent yet",
    State.SUBMITTED: "Received",
    State.RETURNED: "Returned to you",
    State.ACCEPTED: "Accepted",
    State.RUNNING: "Being analysed",
    State.STOPPED: "Being analysed",
    State.DRAFTED: "Report being written",
    State.QUALITY: "Work being checked",
    State.CHECKING: "Being checked for privacy",
    State.FACTS: "Check the facts",
    State.READY: "Waiting to be published",
    State.PUBLISHED: "Published",
    State.DECLINED: "Not taken on",
    State.WITHDRAWN: "Withdrawn",
}
"""What a provider reads."""

SENTENCE: dict[State, str] = {
    State.DRAFT: "You are filling it in. Nobody else sees it.",
    State.SUBMITTED: "The lab has your request. An analyst will read it.",
    State.RETURNED: "The lab asks you to change something. Read its message, change it, and send the request again.",
    State.ACCEPTED: "The lab has taken it on. An analyst prepares the comparison.",
    State.RUNNING: "The lab makes the comparison, and an analyst writes the report.",
    State.STOPPED: "The analysis stopped. An analyst must look why.",
    State.DRAFTED: "The comparison is made. An analyst writes the report.",
    State.QUALITY: "A second analyst checks the work of the first.",
    State.CHECKING: "Two people check that the report says nothing about one person.",
    State.FACTS: "Read the draft, and tell us whether what it says about your programme is right.",
    State.READY: "All is checked. The lab will publish it on the next day of publication.",
    State.PUBLISHED: "The result is public.",
    State.DECLINED: "The lab could not take it on. Its message says why.",
    State.WITHDRAWN: "You took the request back. The library shows that there was one.",
}
"""What it means for the provider."""

FINAL = frozenset(state for state, owner in OWNER.items() if owner is None)

SEEN_AS: dict[State, State] = {State.STOPPED: State.RUNNING, State.DRAFTED: State.RUNNING}
"""What the organisation and the public see instead: how long an analysis takes depends on whom it finds."""


def seen(state: State) -> State:
    """The state as whoever does not work for the lab sees it."""
    return SEEN_AS.get(state, state)
