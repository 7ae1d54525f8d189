"""What a programme costs, what an outcome is worth and how large the effect is: each with its range and source."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Year = Annotated[str, Field(pattern=r"^\d{4}(-\d\d)?$")]
Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Words = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Uncertain(Strict):
    """Something with a range: `low` and `high`, or `uncertain_by` as a share of it either way."""

    low: Money | None = None
    high: Money | None = None
    uncertain_by: Annotated[float, Field(gt=0, lt=1)] | None = None

    def around(self, value: float) -> tuple[float, float, float]:
        """The least, the likeliest and the most that it is."""
        if self.uncertain_by is not None:
            return value * (1 - self.uncertain_by), value, value * (1 + self.uncertain_by)
        return (self.low or 0.0), value, (self.high or 0.0)

    def ranged(self, value: float | None, name: str) -> None:
        """Make sure that there is one range, and that the value lies in it."""
        ends = (self.low is not None) + (self.high is not None)
        if (ends == 2) == (self.uncertain_by is not None) or ends == 1:
            raise ValueError(
                f"{name} has no range of its own: give 'low' and 'high', or 'uncertain_by' as a share such as 0.2"
            )
        if value is not None and ends == 2 and not (self.low or 0.0) <= value <= (self.high or 0.0):
            raise ValueError(f"{name} lies outside its own range: {value:g} is not between low and high")


class Cost(Uncertain):
    """What the programme costs: for each person, or in all."""

    per_person: Money | None = None
    total: Money | None = None
    price_year: Year
    source: Words

    @model_validator(mode="after")
    def _one_cost(self) -> Self:
        if (self.per_person is None) == (self.total is None):
            raise ValueError("the cost must be given as 'per_person' or as 'total', and not as both")
        self.ranged(self.amount, "the cost")
        return self

    @property
    def amount(self) -> float:
        return self.per_person if self.per_person is not None else self.total or 0.0


class UnitCost(Uncertain):
    """What one outcome costs society, as somebody published it."""

    name: Words
    amount: Money
    price_year: Year
    source: Words

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        self.ranged(self.amount, f"the unit cost '{self.name}'")
        return self


class Multiplier(Uncertain):
    """How many outcomes stand behind each one that was measured, such as crimes behind a proven one."""

    value: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    source: Words

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        self.ranged(self.value, "the multiplier")
        return self


class Effect(Strict):
    """The difference that was measured, treatment minus comparison, with its 95% interval."""

    estimate: Number
    low: Number
    high: Number
    per: Literal["100 people", "person"]
    better: Literal["lower", "higher"]
    source: Words

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low < self.high:
            raise ValueError("the effect's interval has no width: 'low' must be less than 'high'")
        if not self.low <= self.estimate <= self.high:
            raise ValueError("the effect's estimate lies outside its own interval")
        return self


class Deflators(Strict):
    """A price index by year."""

    source: Words
    index: dict[Year, Annotated[float, Field(gt=0, allow_inf_nan=False)]]


class Prices(Strict):
    """Everything that money needs to know."""

    name: Words
    outcome: Words
    """One good outcome, in the singular, such as `serious offence avoided`."""
    prices_of: Year
    """The year in whose prices the answer is given."""
    currency: str = "£"
    people: Annotated[int, Field(ge=1)] | None = None
    """In the programme."""
    with_outcome: Annotated[int, Field(ge=1)] | None = None
    """Of them, how many had the good outcome, whatever the reason."""
    assumed: tuple[str, ...] = ()
    """What was assumed, in words: the page repeats it."""
    cost: Cost
    value: Annotated[tuple[UnitCost, ...], Field(min_length=1)]
    """What one outcome is worth: the sum of these."""
    multiplier: Multiplier | None = None
    effect: Effect | None = None
    """Left out where a release tells it."""
    deflators: Deflators | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.cost.total is not None and self.people is None:
            raise ValueError("a total cost needs to know for how many: add 'people'")
        if self.with_outcome is not None and (self.people is None or self.with_outcome > self.people):
            raise ValueError("'with_outcome' needs 'people', of whom it is a part")
        for year in (self.cost.price_year, *(unit.price_year for unit in self.value)):
            self.factor(year)
        if sum(unit.amount for unit in self.value) <= 0:
            raise ValueError("an outcome that is worth nothing can never pay: give an amount above nought")
        return self

    def factor(self, year: str) -> float:
        """By how much prices rose from a year to the answer's."""
        if year == self.prices_of:
            return 1.0
        index = self.deflators.index if self.deflators else {}
        missing = next((y for y in (year, self.prices_of) if y not in index), None)
        if missing is not None:
            raise ValueError(
                f"prices of {year} cannot be made into prices of {self.prices_of}: add {missing} to [deflators.index], "
                "with the source"
            )
        return index[self.prices_of] / index[year]
