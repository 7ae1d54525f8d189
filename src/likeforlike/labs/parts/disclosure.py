"""`disclosure.toml`: what may leave."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from likeforlike.labs.parts.base import Frozen, Text
from likeforlike.labs.profiles.floor import remedy
from likeforlike.labs.profiles.read import rules_of

Rounding = Literal["nearest", "midpoint-6", "significant"]


class DisclosureProfile(Frozen):
    """The rules that a release must meet: `disclosure.toml`.

    Keys that are left out are those of the profile it names. Those that are given may only be stricter.
    """

    profile: Literal["lab", "opensafely", "nhs-hes", "ons-10-5", "census-drb"] = "lab"
    """Name of the profile that the rules start from. The keys below are those of the profile where left out."""
    version: Text
    """Version of the profile."""
    minimum_analysed: int = Field(ge=10)
    """Fewest participants of whom anything is said."""
    hide_below: int = Field(ge=5)
    """Counts from 1 to one less are hidden."""
    round_counts_to: int = Field(ge=5)
    """Base to which numbers of people are rounded."""
    rate_decimals: int = Field(ge=0, le=0)
    """Decimals of a rate in percentage points."""
    band_below: int = Field(ge=8)
    """Rates with fewer than this many people on either side (event, no event) are withheld."""
    minimum_comparison: int = Field(ge=10)
    """Fewest comparison people."""
    refusal: Text
    """The one sentence that every refusal gives."""
    hidden_label: Text
    """What stands for a hidden count."""
    show_zero: bool
    """Whether a count of nobody is shown."""
    rounding: Rounding
    """How counts are rounded: to the nearest multiple, to midpoints of sixes, or by their size."""
    rounding_or: tuple[Rounding, ...] = ()
    """Other ways of rounding that a lab may choose; only a profile has this key."""
    round_tables_to: int = Field(ge=5)
    """Base to which cells of a table are rounded."""
    table_rounding: Literal["each", "controlled"]
    """Whether each cell is rounded by itself, or all together so that they add up."""
    totals: Literal["own", "sum"]
    """Whether a total is rounded by itself, or is the sum of what is shown."""
    rates_from: Literal["exact", "rounded"]
    """Whether a rate is of the exact counts, shown coarsely, or of the rounded ones."""
    decimal_from: int | None = Field(None, ge=1000)
    """Rounded number of people from which a rate may have one decimal; left out, none may."""
    quantile_sides: int = Field(ge=4)
    """Fewest people on either side of a quantile."""
    quantile_to: int = Field(ge=1)
    """Grid on which quantiles are shown, in their own unit."""
    figures: int = Field(ge=1, le=4)
    """Most significant figures of a mean."""
    dominance: float = Field(gt=0, le=0.9)
    """Share of a total above which its two largest parts give it away."""
    closeness: float = Field(ge=10)
    """Percentage to within which nobody may work out the largest part of a total."""
    freedom: int = Field(ge=10)
    """Fewest residual degrees of freedom of a model."""
    noise: float = Field(0.0, ge=0, le=10)
    """Epsilon of the noise on the headline count; 0 is no noise."""
    noise_budget: float = Field(0.0, ge=0, le=10)
    """Most epsilon that may be spent on a person in all."""

    @property
    def nearest(self) -> str:
        """What counts are rounded to, as it goes on from "to the nearest"."""
        if self.rounding == "nearest":
            return str(self.round_counts_to)
        by_size = self.rounding == "significant"
        return (
            "10 below 100, 50 below 1,000 and more above" if by_size else "middle of six (3, 9, 15 and so on)"
        )

    @model_validator(mode="before")
    @classmethod
    def _as_the_profile_has_it(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {**rules_of(str(given.get("profile", "lab"))), **given}

    @field_validator("*", mode="after")
    @classmethod
    def _not_weaker(cls, value: Any, info: ValidationInfo) -> Any:
        key, name = str(info.field_name), info.data.get("profile")
        wanted = remedy(key, value, rules_of(name)) if name else ""
        if wanted:
            raise ValueError(f"the profile '{name}' needs it to be {wanted}")
        if key == "noise_budget" and value < info.data.get("noise", 0):
            raise ValueError("it must be at least 'noise'")
        return value
