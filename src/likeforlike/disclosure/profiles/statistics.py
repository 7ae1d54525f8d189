"""The kinds of statistic that may be released, before protection and after."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from likeforlike.disclosure.cells.cells import Cells


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people."""

    people: int


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers of people by one or more categories, with the sums that hold among them."""

    cells: Cells


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some people had an event."""

    events: int
    people: int


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a number per person."""

    values: ArrayLike
    """(people,), in any order."""


@dataclass(frozen=True, slots=True)
class Quantile:
    """A value that a share of people are at or below."""

    values: ArrayLike
    """(people,), in any order."""
    share: float
    """Above 0 and below 1: the least and the largest are never shown."""


@dataclass(frozen=True, slots=True)
class Support:
    """What a model stands on: by this it is judged whether its figures are about few people."""

    people: int
    parameters: int
    fewest: int
    """People in the smallest level of the outcome and of every covariate that is a flag or a category."""
    saturated: bool = False
    """Whether it has a parameter for every combination of its categories, which makes it a table."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """An odds ratio, hazard ratio or ratio of rates."""

    value: float
    support: Support


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a difference, in the unit of the figure it goes with."""

    low: float
    high: float
    decimals: int
    """Of the protected figure it goes with."""
    support: Support


@dataclass(frozen=True, slots=True)
class PValue:
    """A p-value."""

    value: float
    support: Support


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a statistic; no figures where it is hidden."""

    figures: tuple[float | None, ...]
    """One; two of an interval; one for each cell of a table, `None` where it is hidden by itself."""
    hidden: str = ""
    """Why it is not shown."""
