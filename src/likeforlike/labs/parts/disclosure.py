"""`disclosure.toml`: what may leave."""

from __future__ import annotations

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text


class DisclosureProfile(Frozen):
    """The rules that a release must meet: `disclosure.toml`."""

    profile: Name
    """Name of the rules."""
    version: Text
    """Version of the rules."""
    minimum_analysed: int = Field(ge=10)
    """Fewest participants of whom anything is said."""
    hide_below: int = Field(ge=5)
    """Counts from 1 to one less are hidden."""
    round_counts_to: int = Field(ge=5)
    """Base to which numbers of people are rounded."""
    rate_decimals: int = Field(ge=0, le=0)
    """Decimals of a rate in percentage points."""
    band_below: int = Field(ge=10)
    """Rates with fewer than this many people on either side (event, no event) are withheld."""
    minimum_comparison: int = Field(ge=10)
    """Fewest comparison people."""
    refusal: Text
    """The one sentence that every refusal gives."""
    hidden_label: Text = "fewer than 10"
    """What stands for a hidden count."""
