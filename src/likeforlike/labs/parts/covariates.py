"""`covariates.toml`: what was known at the index date."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text


class Covariate(Frozen):
    """Something known about a person at the index date; a column of `covariates.sql`."""

    name: Name
    """Column of `covariates.sql`."""
    label: Text
    """Its name in the report."""
    kind: Literal["number", "category", "flag"]
    """How it enters the score."""
    group: Text
    """Heading under which the balance table shows it."""
    powers: int = Field(default=1, ge=1, le=3)
    """For numbers: the powers that enter the score."""
    knots: Literal[0, 3, 4, 5, 6, 7] = 0
    """For numbers: knots of a natural cubic spline instead of powers."""
    levels: dict[str, str] = Field(default_factory=dict)
    """For categories: level and its label."""


class Interaction(Frozen):
    """Two covariates that may matter together in another way than each by itself."""

    of: tuple[Name, Name]
    """Their names."""


class Covariates(Frozen):
    """What the comparison is alike on: `covariates.toml`."""

    covariate: tuple[Covariate, ...]
    interaction: tuple[Interaction, ...] = ()
