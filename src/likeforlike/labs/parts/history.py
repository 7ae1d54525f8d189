"""`history.toml`: what the lab has published about its requests, for people who think of making one."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from likeforlike.labs.parts.base import Frozen, Name, Text

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class PastFlow(Frozen):
    """How many people of one published request were on its list, found and analysed."""

    programme: Text
    """Whose request it was."""
    submitted: int = Field(ge=1)
    """People on the list."""
    found: int | None = Field(default=None, ge=0)
    """People found in the records, if that was published."""
    analysed: int = Field(ge=0)
    """People in the analysis."""
    source: Text
    """Where that was published."""

    @model_validator(mode="after")
    def _falls(self) -> Self:
        steps = [n for n in (self.submitted, self.found, self.analysed) if n is not None]
        if steps != sorted(steps, reverse=True):
            raise ValueError("more people were analysed or found than there were before")
        return self


class Typical(Frozen):
    """What similar people do who took no part, by a measure."""

    measure: Name
    """A measure of `outcomes.toml`."""
    mean: Positive
    """Share (0 to 1), number per person, or days."""
    dispersion: Positive | None = None
    """For a frequency: the variance over the mean."""
    spread: Positive | None = None
    """For days: the standard deviation."""
    effects: tuple[Positive, ...] = ()
    """Differences of which readers want to know whether they would be seen, in the unit of `mean`."""
    source: Text
    """Where that is known from."""


class History(Frozen):
    """What the lab has published about its requests: `history.toml`. It changes no answer, so it is in no hash."""

    per_participant: Positive = 20.0
    """Similar people for each participant, as informative as that many of equal weight."""
    past_flow: tuple[PastFlow, ...] = ()
    typical: tuple[Typical, ...] = ()
