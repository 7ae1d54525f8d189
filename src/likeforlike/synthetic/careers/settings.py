"""The parameters of criminal careers: `[histories]` of a lab's `synthetic.toml`."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Field(ge=0, le=1)


class Frozen(BaseModel):
    """Parameters that cannot change and know all their keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reoffending(Frozen):
    """Movements of the OGRS3 log-odds."""

    shift: float = 0.0
    women: float = 0.0
    first: float = 0.0
    past: float = 0.0
    late_slope: float = Field(gt=0)
    custody_short: float = 0.0
    custody_long: float = 0.0
    court_order: float = 0.0
    fine: float = 0.0
    discharge: float = 0.0
    caution: float = 0.0


class Court(Frozen):
    """How long until an offence is dealt with, and where."""

    delay: float = Field(gt=0)
    delay_spread: float = Field(gt=0)
    caution_delay: float = Field(gt=0)
    caution_spread: float = Field(gt=0)
    away: float = Share
    breach: float = Share
    breach_order: float = Share


class Weight(Frozen):
    """How the log weight of a sentence moves with a person's past."""

    level: float = 0.0
    sanctions: float
    custody: float
    orders: float
    youth: float


class Sentencing(Frozen):
    """How the sentence depends on a person's past."""

    custody: Weight
    court_order: Weight
    fine: Weight
    discharge: Weight
    caution: Weight
    served: float = Field(gt=0, le=1)
    length_spread: float = Field(gt=0)


class Offending(Frozen):
    """How offences follow one another."""

    persistence: float = Share
    same_group: float = Share
    further_growth: float


class OffenceGroup(Frozen):
    """One group of offences: who commits it, where it may be tried, how it is sentenced."""

    group: str
    seriousness: int = Field(ge=1, le=100)
    men: tuple[float, float, float, float]
    women: tuple[float, float, float, float]
    first: float = Field(gt=0)
    classes: tuple[float, float, float]
    sentence: tuple[float, float, float, float, float]
    days: float = Field(gt=0)
    further: float = Field(ge=0)


class CareerSettings(Frozen):
    """All parameters of the model."""

    first_day: date
    vintage: date
    entry_decline: float
    oldest: int
    age_bands: tuple[int, ...]
    men_first_age: tuple[float, ...]
    women_first_age: tuple[float, ...]
    reoffending: Reoffending
    court: Court
    sentencing: Sentencing
    offending: Offending
    offence: tuple[OffenceGroup, ...]

    @model_validator(mode="after")
    def _check(self) -> CareerSettings:
        bands = len(self.age_bands) - 1
        if len(self.men_first_age) != bands or len(self.women_first_age) != bands:
            raise ValueError("men_first_age and women_first_age need one share for each age band")
        if self.vintage <= self.first_day:
            raise ValueError("vintage must be after first_day")
        return self
