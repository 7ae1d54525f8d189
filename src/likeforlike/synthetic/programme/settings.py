"""Parameters of the programme: `[programme]` of a lab's `synthetic.toml`."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from likeforlike.synthetic.people.settings import WithIdentifiers

Share = Field(ge=0, le=1)


class Frozen(BaseModel):
    """Parameters that cannot change and know all their keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberTerm(Frozen):
    """Log-odds of taking part: `slope * z + square * z**2` with z = (value - `centre`) / `scale`."""

    centre: float
    scale: float = Field(gt=0)
    slope: float = 0.0
    square: float = 0.0


class Selection(Frozen):
    """Who takes part: terms in the lab's covariates; levels that are not named count 0."""

    number: dict[str, NumberTerm] = {}
    category: dict[str, dict[str, float]] = {}


class Sheet(WithIdentifiers):
    """How the provider writes the list; shares of rows unless said otherwise.

    An identifier's key is the share of rows that have it; without one, the provider does not know it.
    """

    name: str
    title: tuple[str, ...]
    headings: dict[str, str]
    notes: tuple[str, ...]
    strangers: float = Share
    stranger_siblings: float = Share
    duplicates: float = Share
    wrong_identifier: float = Share
    nickname: float = Share
    typo: float = Share
    swapped_names: float = Share
    swapped_date: float = Share
    wrong_date: float = Share
    other_surname: float = Share
    no_postcode: float = Share
    text_dates: float = Share
    upper_case: float = Share
    only_start: float = Field(0.0, ge=0, le=1)
    only_conviction: float = Field(0.0, ge=0, le=1)
    conviction_too: float = Field(0.0, ge=0, le=1)
    index_off_by: int = Field(0, ge=0)


class ProgrammeSettings(Frozen):
    """All parameters of the programme."""

    name: str
    provider: str
    description: str
    participants: int = Field(ge=1)
    largest_share: float = Field(gt=0, le=1)
    effect: float = Field(gt=-1, lt=1)
    first_day: date
    last_day: date
    other_first_day: date
    other_last_day: date
    other_years: float = Field(ge=0, lt=1)
    kinds: tuple[str, ...]
    before_release: float = Field(0.0, ge=0, le=1)
    shortest_stay: int = Field(2, ge=2)
    delay: float = Field(ge=0)
    longest_delay: int = Field(ge=0)
    length: float = Field(gt=0)
    sites: tuple[str, ...]
    selection: Selection
    sheet: Sheet
