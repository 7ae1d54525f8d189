"""Parameters of the people: `[people]` of a lab's `synthetic.toml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

Share = Field(ge=0, le=1)


class PeopleSettings(BaseModel):
    """Shares of people, and of their name records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    male: float = Share
    household: float = Share
    alias: float = Share
    unknown_ethnicity: float = Share
    pnc_id: float = Share
    postcode: float = Share
    moved: float = Share
    other_birth_date: float = Share
