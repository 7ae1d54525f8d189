"""`lab.toml`: the service, whom it takes, and how people are followed and matched."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text


class CohortLimits(Frozen):
    """How many people a request may hold."""

    minimum: int = Field(ge=1)
    """Fewest people on a list."""
    maximum: int = Field(ge=1)
    """Most people on a list."""


class Anchor(Frozen):
    """How a participant's date chooses the index event; anchors are tried in order."""

    column: Name
    """The participant's date."""
    event: Name
    """The date of `events.sql` that it is held against."""
    from_days: int
    """The event is at least so many days after the participant's date (negative: before)."""
    to_days: int
    """The event is at most so many days after it."""
    when: str = "true"
    """SQL condition over `event.*` and `participant.*`."""


class Exclusion(Frozen):
    """A kind of event that is not analysed; applied in order to participants and pool alike."""

    key: Name
    """Name of the reason in the flow."""
    reason: Text
    """The reason in words."""
    when: Text
    """SQL condition over the columns of the lab's `events.sql`."""


class FollowUp(Frozen):
    """From whom, from when and for how long people are followed."""

    months: int = Field(ge=1)
    """How long people are followed."""
    settle_months: int = Field(ge=0)
    """Further months in which an outcome may be settled (a court's decision, a late return)."""
    start_column: Name
    """The participant's date at which the programme began."""
    start_like: Name
    """Column of `events.sql`: pool members get the delay to a start from participants alike on it."""
    anchor: tuple[Anchor, ...]
    exclusion: tuple[Exclusion, ...] = ()
    no_event_reason: Text
    """Why people without a fitting event are lost."""
    too_recent_reason: Text
    """Why people whose follow-up is not over are lost."""
    before_start_reason: Text
    """Why people with an outcome before their start are lost."""


class MatchingDefaults(Frozen):
    """Matching, in MatchIt's terms."""

    estimand: Literal["ATT"] = "ATT"
    """Whom the effect is about: the participants."""
    method: Literal["radius"] = "radius"
    """How they are matched."""
    distance: Literal["logit"] = "logit"
    """On what."""
    caliper: float = Field(gt=0)
    """In standard deviations of the logit over all units."""
    exact: tuple[Name, ...] = ()
    """Covariates that must be equal."""
    green_smd: float = 0.05
    """Largest standardised difference of a good match."""
    amber_smd: float = 0.10
    """Largest of a fair one."""


class Noun(Frozen):
    """What participants are called."""

    singular: Text = "person"
    """One of them."""
    plural: Text = "people"
    """Several of them."""


class LabHead(Frozen):
    """The service itself: `lab.toml`."""

    name: Name
    """Name of the lab; also of its folder, by custom."""
    title: Text
    """What readers know it as."""
    version: Text
    """Version of the definition."""
    department: Text
    """Who runs it."""
    about: Text
    """What it answers, in a sentence."""
    noun: Noun = Noun()
    cohort: CohortLimits
    follow_up: FollowUp
    matching: MatchingDefaults
