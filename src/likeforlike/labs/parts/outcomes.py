"""`outcomes.toml`: what happened afterwards."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text


class Measure(Frozen):
    """An outcome measure; `column` and `base` are columns of `outcomes.sql`."""

    name: Name
    """What the lab calls the measure."""
    label: Text
    """What happened, in words that follow "people who"."""
    statistical_label: Text
    """Its statistical title."""
    kind: Literal["rate", "frequency", "time"]
    """A share, a number per person, or a number of days."""
    column: Name
    """Its column of `outcomes.sql`."""
    base: Name | None = None
    """Only people for whom this column is true count (such measures describe, they do not prove)."""
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


class Outcomes(Frozen):
    """What happened afterwards: `outcomes.toml`."""

    measure: tuple[Measure, ...]

    def get(self, name: str) -> Measure:
        return next(m for m in self.measure if m.name == name)
