"""A covariate as balance needs it: a number as floats, a flag or category as codes. Never a column for each level."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate
from likeforlike.matching.support import UNKNOWN

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.unsignedinteger]
NOT_RECORDED = "not recorded"
BIG = 50_000
"""Units from which two threads are worth their start."""
In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Sides:
    """Participants and pool, and what each unit counts for after matching."""

    treated: Mask
    """(units,)"""
    at: Floats
    """Weights of the participants, shape (participants,); zero for those left out."""
    pool: Floats
    """Weights of the pool, shape (pool,)."""
    squares: Floats
    """Of the pool's weights."""

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Sides:
        """From the columns `treated` and `weight`."""
        treated = frame["treated"].to_numpy()
        weight = frame["weight"].cast(pl.Float64).fill_null(0.0).to_numpy()
        pool = weight[~treated]
        return cls(treated, weight[treated], pool, pool**2)


@dataclass(frozen=True, slots=True)
class Levels:
    """Codes below `known` are the levels, in order; the code `known`, if any, says that nothing is recorded."""

    codes: Codes
    """(units,)"""
    known: int
    rows: tuple[tuple[int, str], ...]
    """Code and label of each level that has a row of its own."""


def numbers(values: pl.Series) -> Floats:
    """A number, NaN where it is not recorded, shape (units,)."""
    return values.cast(pl.Float64).to_numpy()


def recorded(values: Floats) -> Levels | None:
    """Whether a number is recorded; None where all are."""
    missing = np.isnan(values)
    return Levels(missing.astype(np.uint8), 2, ((1, NOT_RECORDED),)) if missing.any() else None


def recorded_only(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Values that are recorded, with the weights of those who have them."""
    known = ~np.isnan(values)
    return (values, weight) if known.all() else (values[known], weight[known])


def levels(values: pl.Series, covariate: Covariate) -> Levels:
    """The levels that are found of a category, the lab's own first, or the one row of a flag."""
    if covariate.kind == "flag":
        told = values.fill_nan(None) if values.dtype.is_float() else values
        codes = told.cast(pl.Boolean).cast(pl.UInt8).fill_null(2).to_numpy()
        return Levels(codes, 2, ((1, ""),))
    if values.null_count():
        values = values.cast(pl.String).fill_null(UNKNOWN)
    found = sorted(values.unique().cast(pl.String).to_list())
    order = [v for v in covariate.levels if v in found] + [v for v in found if v not in covariate.levels]
    codes = values.cast(pl.Enum(order)).to_physical().to_numpy()
    rows = tuple((k, str(covariate.levels.get(v, v))) for k, v in enumerate(order))
    return Levels(codes, len(order), rows)


def side_by_side(work: Callable[[In], Out], items: Iterable[In], units: int) -> list[Out]:
    """The work for each item, in order; NumPy does two columns at a time where there are many units."""
    if units < BIG:
        return [work(item) for item in items]
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(work, items))
