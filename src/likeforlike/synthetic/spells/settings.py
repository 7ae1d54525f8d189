"""The parameters of spells: `[histories]` of a lab's `synthetic.toml`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from likeforlike.labs.definition import Name

Share = Annotated[float, Field(ge=0, le=1)]
OWN_TERMS = ("frailty", "women", "age", "age_square")
"""What everybody has beside the lab's traits: something unseen, sex, and decades of age from 40."""


class Frozen(BaseModel):
    """Parameters that cannot change and know all their keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Move(Frozen):
    """How often people leave a state for another: a yearly rate, and terms of its logarithm."""

    rate: float = Field(gt=0, le=365)
    terms: dict[str, float] = {}


class Cell(Frozen):
    """A further column of a table: one of some codes, a number that is lognormal, or yes or no."""

    codes: dict[str, float] = {}
    median: float | None = Field(None, gt=0)
    spread: float = Field(0.0, ge=0)
    decimals: int = Field(0, ge=0, le=2)
    share: Share | None = None
    terms: dict[str, float] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> Cell:
        if sum((bool(self.codes), self.median is not None, self.share is not None)) != 1:
            raise ValueError("it needs exactly one of codes, median and share")
        return self


class State(Frozen):
    """Something that people are in for a while, the table that says so, and where they go from it."""

    table: Name | None = None
    column: dict[Name, Cell] = {}
    move: dict[Name, Move] = {}


class Table(Frozen):
    """A table of spells: what its columns are called."""

    key: Name
    start: Name = "start_date"
    end: Name = "end_date"


class Outcome(Frozen):
    """What the programme's effect is measured on, as the lab's first headline measure has it."""

    state: Name
    when: Literal["at_end", "within"]
    """In the state on the last day, or entering it at all."""


class Help(Frozen):
    """Which moves the programme changes: powers of its hazard ratio for entering and for leaving a state."""

    into: dict[Name, float] = {}
    out_of: dict[Name, float] = {}


class SpellSettings(Frozen):
    """All parameters of the model."""

    first_day: date
    vintage: date
    entry_age: int = Field(ge=0)
    entry_state: Name
    initial: dict[Name, float]
    """Weights of the states on the first day, for those who were old enough by then."""
    oldest: int
    """Age from which nobody joins a programme."""
    age_bands: tuple[int, ...]
    """Limits of ages on the last day..."""
    ages: tuple[float, ...]
    """...and the weight of each band."""
    look_back: int = Field(24, ge=1)
    """Months of a history on which joining may depend."""
    trait: dict[Name, Share] = {}
    """Shares of people with each trait; a trait is a column of `people` and a term of moves."""
    home: Name | None = None
    """What `people` calls the region where somebody lives."""
    table: dict[Name, Table]
    state: dict[Name, State]
    outcome: Outcome
    help: Help

    @model_validator(mode="after")
    def _agrees(self) -> SpellSettings:
        if self.vintage <= self.first_day:
            raise ValueError("vintage must be after first_day")
        if len(self.ages) != len(self.age_bands) - 1:
            raise ValueError("ages needs one weight for each age band")
        named = [self.entry_state, *self.initial, self.outcome.state, *self.help.into, *self.help.out_of]
        named += [target for state in self.state.values() for target in state.move]
        if strange := sorted(set(named) - set(self.state)):
            raise ValueError(f"'{strange[0]}' is not a state: use one of {', '.join(self.state)}")
        tables = {state.table for state in self.state.values() if state.table}
        if strange := sorted(tables - set(self.table)):
            raise ValueError(f"the table '{strange[0]}' has no entry in histories.table: add it")
        known = (*OWN_TERMS, *self.trait)
        used = {term for state in self.state.values() for move in state.move.values() for term in move.terms}
        used |= {
            term for state in self.state.values() for cell in state.column.values() for term in cell.terms
        }
        if strange := sorted(used - set(known)):
            raise ValueError(f"'{strange[0]}' is not a term: use one of {', '.join(known)}")
        return self
