"""Two named people, each blind to the other, before a release may leave; nobody who made it may be one of them.

After the review states of OpenSAFELY's Airlock. The log of events is the only truth: the state is worked out from it,
events are added and never changed, and each holds the hash of the one before it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any, Literal, get_args

from likeforlike.errors import InputProblem
from likeforlike.hashes import sha256_of

Vote = Literal["approve", "return", "reject"]
Act = Literal["submitted", "changed", "voted", "returned", "withdrawn", "released"]
State = Literal[
    "submitted", "partly reviewed", "in conflict", "approved", "returned", "rejected", "withdrawn", "released"
]
OWNER: dict[State, str] = {
    "submitted": "checkers",
    "partly reviewed": "checkers",
    "in conflict": "checkers",
    "approved": "publisher",
    "returned": "analyst",
    "rejected": "nobody",
    "withdrawn": "nobody",
    "released": "nobody",
}
"""Who must act next; what belongs to nobody is final."""
NEEDED = 2
DIGITS = 64


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done, and by whom."""

    act: Act
    by: str
    at: str
    """When, in ISO 8601; given by the caller."""
    release_sha256: str
    previous: str
    """Hash of the event before it; of the first, empty."""
    vote: Vote | None = None
    reason: str = ""
    green: bool | None = None
    """Whether the machine's check found nothing, of a release that was submitted or changed."""
    makers: tuple[str, ...] = ()
    """Who made it and may not vote, of a release that was submitted or changed."""

    @property
    def sha256(self) -> str:
        """Hash of the event with all before it."""
        return sha256_of(asdict(self))


@dataclass(frozen=True, slots=True)
class Approvals:
    """The review of one release, from the log of its events; votes are not part of its `repr`."""

    events: tuple[Event, ...] = field(repr=False)

    @classmethod
    def submit(
        cls,
        release_sha256: str,
        *,
        by: str,
        at: str,
        submitter: str,
        analyst: str,
        green: bool,
    ) -> Approvals:
        """Put a release before the checkers.

        Parameters
        ----------
        release_sha256
            Hash of the release as it would be published.
        by, at
            Who does so, and when (ISO 8601).
        submitter, analyst
            Who sent the list and who ran the study: they may not vote, nor may `by`.
        green
            Whether the machine's check found nothing; if not, each approval needs a reason.
        """
        first = Event("submitted", by, at, release_sha256, "", green=green, makers=(by, submitter, analyst))
        return cls(_added((), first))

    @property
    def release_sha256(self) -> str:
        """The release that is being looked at."""
        return self._last("submitted", "changed").release_sha256

    @property
    def head(self) -> str:
        """Hash of the last event: it changes if any event does."""
        return self.events[-1].sha256

    @property
    def state(self) -> State:
        """Where the review stands."""
        last: Act = self.events[-1].act
        if last in ("returned", "withdrawn", "released"):
            return last
        votes = [event.vote for event in self._votes()]
        if len(votes) < NEEDED:
            return "partly reviewed" if votes else "submitted"
        if len(votes) == NEEDED and len(set(votes)) > 1:
            return "in conflict"
        if votes.count("approve") >= NEEDED:
            return "approved"
        return "rejected" if votes.count("reject") >= NEEDED else "returned"

    @property
    def owner(self) -> str:
        """Who must act next."""
        return OWNER[self.state]

    def vote(self, vote: Vote, *, by: str, at: str, release_sha256: str, reason: str = "") -> Approvals:
        """One checker's judgement of the release that they looked at.

        Raises
        ------
        InputProblem
            The person made the release or has voted already, the release is another one by now, a reason is missing,
            or the review is over.
        """
        return self._with("voted", by, at, release_sha256, vote=vote, reason=reason)

    def change(self, release_sha256: str, *, by: str, at: str, green: bool) -> Approvals:
        """Put another version before the checkers: all votes are void, and whoever changed it may not vote."""
        makers = (*self._last("submitted", "changed").makers, by)
        return self._with("changed", by, at, release_sha256, green=green, makers=tuple(dict.fromkeys(makers)))

    def send_back(self, *, by: str, at: str, reason: str) -> Approvals:
        """Return a release whose two checkers disagree, in place of asking a third."""
        return self._with("returned", by, at, self.release_sha256, reason=reason)

    def withdraw(self, *, by: str, at: str, reason: str = "") -> Approvals:
        """Take the request back; it stays in the log."""
        return self._with("withdrawn", by, at, self.release_sha256, reason=reason)

    def finish(self, release_sha256: str, *, by: str, at: str) -> Approvals:
        """Release what was approved, if it is still that.

        Raises
        ------
        InputProblem
            Two approvals are missing, or the release is not the one that was approved.
        """
        return self._with("released", by, at, release_sha256)

    def seen_by(self, person: str) -> tuple[Event, ...]:
        """The log as this person may see it: of a version without two votes, no vote but their own."""
        starts = [i for i, event in enumerate(self.events) if event.act in ("submitted", "changed")]
        rounds = [self.events[i:j] for i, j in pairwise([*starts, len(self.events)])]
        return tuple(
            event
            for events in rounds
            for event in events
            if event.act != "voted"
            or _same(event.by) == _same(person)
            or sum(other.act == "voted" for other in events) >= NEEDED
        )

    def to_json(self) -> str:
        """The whole log; for the vault."""
        return json.dumps([asdict(event) for event in self.events], indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Approvals:
        """Read a log and go through it again: what may not have happened is refused.

        Raises
        ------
        InputProblem
            The log was changed, or holds what the rules do not allow.
        """
        try:
            events = [Event(**{**told, "makers": tuple(told["makers"])}) for told in json.loads(text)]
            first, *rest = events
        except (ValueError, TypeError, KeyError):
            raise InputProblem("The log of approvals cannot be read: take it from a backup.") from None
        if first.act != "submitted":
            raise InputProblem("The log of approvals does not begin with a release: take it from a backup.")
        found = cls(_added((), first))
        for event in rest:
            found = found._then(event)
        return found

    def _with(self, act: Act, by: str, at: str, release_sha256: str, **told: Any) -> Approvals:
        return self._then(Event(act, by, at, release_sha256, self.head, **told))

    def _then(self, event: Event) -> Approvals:
        why = self._why_not(event)
        if why:
            raise InputProblem(why)
        return Approvals(_added(self.events, event))

    def _why_not(self, event: Event) -> str:
        """Why something may not be done now; empty if it may."""
        if OWNER[self.state] == "nobody":
            return f"This review is over: the release was {self.state}."
        if event.act in ("voted", "released") and event.release_sha256 != self.release_sha256:
            return "The release has changed since: look at it again."
        found: dict[Act, str] = {
            "submitted": "This release was submitted already.",
            "changed": self._why_not_change(event),
            "voted": self._why_not_vote(event),
            "released": "" if self.state == "approved" else "Two approvals are needed first.",
            "returned": self._why_not_return(event),
            "withdrawn": self._why_not_withdraw(event),
        }
        return found[event.act]

    def _why_not_change(self, event: Event) -> str:
        if event.release_sha256 == self.release_sha256:
            return "This is the same release: nothing was changed."
        before = {_same(maker) for maker in self._last("submitted", "changed").makers}
        if not {*before, _same(event.by)} <= {_same(maker) for maker in event.makers}:
            return "The log of approvals leaves out who made the release: take it from a backup."
        return ""

    def _why_not_vote(self, event: Event) -> str:
        latest, reason = self._last("submitted", "changed"), event.reason.strip()
        made = {_same(maker) for maker in latest.makers}
        voted = {_same(before.by) for before in self._votes()}
        refusals = {
            f"No vote is wanted: the release is {self.state}.": OWNER[self.state] != "checkers",
            "Who sent the list or made the release may not check it: ask somebody else.": _same(event.by)
            in made,
            "You have voted on this release already: somebody else must be the other checker.": _same(
                event.by
            )
            in voted,
            "A vote is approve, return or reject.": event.vote not in get_args(Vote),
            "Say why the release may not leave as it is.": event.vote != "approve" and not reason,
            "The machine's check found something: say why the release may leave all the same.": not latest.green
            and not reason,
        }
        return next((why for why, holds in refusals.items() if holds), "")

    def _why_not_return(self, event: Event) -> str:
        voters = {_same(voted.by) for voted in self._votes()}
        if self.state != "in conflict":
            return "Only a release whose checkers disagree is sent back like this: vote instead."
        if _same(event.by) not in voters:
            return "Only one of its checkers may send a release back."
        return "" if event.reason.strip() else "Say why the release may not leave as it is."

    def _why_not_withdraw(self, event: Event) -> str:
        makers = {_same(maker) for maker in self._last("submitted", "changed").makers}
        return (
            "" if _same(event.by) in makers else "Only who asked for the result or made it may take it back."
        )

    def _votes(self) -> list[Event]:
        """Votes on the release as it is now."""
        start = self.events.index(self._last("submitted", "changed"))
        return [event for event in self.events[start:] if event.act == "voted"]

    def _last(self, *acts: Act) -> Event:
        return next(event for event in reversed(self.events) if event.act in acts)


def _added(events: tuple[Event, ...], event: Event) -> tuple[Event, ...]:
    """The log with one event more; whatever the event is, it must be whole and stand at its place."""
    if not all(_same(name) for name in (event.by, *event.makers)):
        raise InputProblem("Everybody in a review needs a name.")
    if len(_alphabets(name for each in (*events, event) for name in (each.by, *each.makers))) > 1:
        raise InputProblem(
            "All names in a review must be in letters of one alphabet: others can look the same."
        )
    digits = event.release_sha256
    if len(digits) != DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise InputProblem("The hash of a release has 64 digits, 0 to 9 and a to f.")
    if event.previous != (events[-1].sha256 if events else ""):
        raise InputProblem("The log of approvals was changed: take it from a backup.")
    return (*events, event)


def _same(name: str) -> str:
    """A name in the form in which two of them are held to be one person's: marks, spaces and the invisible left out."""
    return "".join(_letters(name))


def _letters(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return [sign for sign in plain if unicodedata.category(sign)[0] in "LN"]


def _alphabets(names: Iterable[str]) -> set[str]:
    return {
        unicodedata.name(sign, "").split(" ")[0]
        for name in names
        for sign in _letters(name)
        if sign.isalpha()
    }
