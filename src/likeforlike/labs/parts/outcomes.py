"""`outcomes.toml`: what happened afterwards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from likeforlike.labs.parts.base import Frozen, Name, Text

PERIOD = "{period}"
YEARS = {12: "a year", 24: "two years", 36: "three years", 48: "four years", 60: "five years"}


def _known_place(text: str) -> str:
    if set("{}") & set(text.replace(PERIOD, "")):
        raise ValueError(f"the only place it may hold is {PERIOD}")
    return text


Timed = Annotated[Text, AfterValidator(_known_place)]
"""Text in which `{period}` stands for the length of follow-up in words."""


class Measure(Frozen):
    """An outcome measure; `column`, `event` and `base` are columns of `outcomes.sql`.

    In `label` and `statistical_label`, `{period}` stands for how long people are followed, such as "a year".
    """

    name: Name
    """What the lab calls the measure."""
    group: str = ""
    """Heading under which the table of all measures shows it."""
    label: Timed
    """What happened, in words that follow "people who"."""
    statistical_label: Timed
    """Its statistical title."""
    kind: Literal["rate", "frequency", "time"]
    """A share, a number per person, or a number of days."""
    column: Name
    """Its column of `outcomes.sql`."""
    event: Name | None = None
    """The column that is true where the event happened; without it, that is where `column` is above zero. A number of
    days that counts everyone needs it."""
    base: Name | None = None
    """Only people for whom this column is true count (such measures describe, they do not prove)."""
    whole: Name | None = None
    """Name of the whole that this measure and others of the same name add up to: none of them is withheld alone, for
    the others would give it away."""
    headline: bool = False
    """Whether it is on the first page."""
    better: Literal["lower", "higher"]
    """Which direction favours the programme."""
    unit: Text
    """Unit of the difference."""
    decimals: int = Field(default=0, ge=0, le=2)
    """Decimals shown."""
    minimum_events: int = Field(default=0, ge=0)
    """Treated people with the event needed before the measure is shown as significant."""

    @property
    def descriptive(self) -> bool:
        return self.base is not None

    @model_validator(mode="after")
    def _has_event(self) -> Measure:
        if self.kind == "time" and self.base is None and self.event is None:
            raise ValueError("a time that counts everyone needs the key 'event'")
        return self

    def over(self, months: int) -> Measure:
        """The measure with its words for a follow-up of so many months."""
        words = {key: getattr(self, key).replace(PERIOD, period(months)) for key in TIMED}
        return self.model_copy(update=words)


TIMED = ("label", "statistical_label")
"""Keys of a measure whose words may hold `{period}`."""


class Outcomes(Frozen):
    """What happened afterwards: `outcomes.toml`."""

    measure: tuple[Measure, ...]

    def get(self, name: str) -> Measure:
        return next(m for m in self.measure if m.name == name)

    def over(self, months: int) -> Outcomes:
        """The measures with their words for a follow-up of so many months."""
        return Outcomes(measure=tuple(m.over(months) for m in self.measure))

    @staticmethod
    def period(months: int) -> str:
        """The length of follow-up in words: `a year`, `two years`, `18 months`."""
        return period(months)


def period(months: int) -> str:
    """A length of follow-up in words that follow "within".

    >>> period(12), period(24), period(18)
    ('a year', 'two years', '18 months')
    """
    return YEARS.get(months, "a month" if months == 1 else f"{months} months")
