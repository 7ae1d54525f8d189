"""`lab.toml`: the service, whom it takes, and how people are followed and matched."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text

Caliper = Annotated[float, Field(gt=0)]


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
    pool_event: Literal["first", "random"] = "first"
    """Which of several events in the participants' quarters somebody of the pool is followed from: the first, or one
    drawn by the event's number. Where events come by the calendar, the first would always be of one month."""
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

    method: Literal["radius", "kernel", "nearest", "odds", "overlap", "entropy"] = "radius"
    """How people are matched or weighted: `radius` (everyone within the calliper), `kernel` (the nearer count more,
    Epanechnikov), `nearest`; or weighting by the `odds` of taking part, by `overlap`, or by `entropy` balancing."""
    distance: Literal["logit"] = "logit"
    """On what."""
    caliper: float = Field(gt=0)
    """In standard deviations of the logit over all units, those beyond the participants' range counted at its ends."""
    calipers: tuple[Caliper, ...] = ()
    """Callipers to choose from by balance alone; none: `caliper` as it is."""
    ratio: int = Field(default=1, ge=1, le=100)
    """For `nearest`: how many each participant gets."""
    replace: bool = True
    """For `nearest`: whether one person may be matched to several participants."""
    exact: tuple[Name, ...] = ()
    """Covariates that must be equal; for `radius`, `kernel` and `nearest`."""
    penalty: Literal["none", "firth", "ridge"] = "none"
    """What the score falls back on where the covariates tell the groups apart perfectly; flagged when used."""
    green_smd: float = 0.05
    """Largest standardised difference of a good match."""
    amber_smd: float = 0.10
    """Largest of a fair one."""

    @property
    def by_distance(self) -> bool:
        """Whether people are matched by how near they are."""
        return self.method in ("radius", "kernel", "nearest")

    @property
    def estimand(self) -> Literal["ATT", "ATO"]:
        """Whom the effect is about: the participants, or those who could as well have been on either side."""
        return "ATO" if self.method == "overlap" else "ATT"


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
