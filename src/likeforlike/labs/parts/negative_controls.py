"""`negative_controls.toml`: what the programme cannot have changed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text
from likeforlike.labs.parts.outcomes import Measure


class NegativeControl(Frozen):
    """Something that was settled before the programme, and that what records do not see would tell as well; a column of
    `negative_controls.sql`.
    """

    name: Name
    """What the lab calls it."""
    label: Text
    """What happened, in words that follow "people who"."""
    statistical_label: Text
    """Its statistical title."""
    kind: Literal["rate", "frequency"]
    """A share, or a number per person."""
    column: Name
    """Its column of `negative_controls.sql`."""
    unit: Text
    """Unit of the difference."""
    decimals: int = Field(default=0, ge=0, le=2)
    """Decimals shown."""
    without: tuple[Name, ...] = ()
    """Covariates held out of the score for it. Only what no programme chooses by: else programmes are blamed for it."""

    @property
    def measure(self) -> Measure:
        """As a measure, so that it is estimated like one."""
        words = self.model_dump(exclude={"without"})
        return Measure(**words, better="lower")


class NegativeControls(Frozen):
    """What the programme cannot have changed: `negative_controls.toml`."""

    negative_control: tuple[NegativeControl, ...] = ()
