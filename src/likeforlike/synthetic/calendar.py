"""Days as numbers, counted from 1970-01-01 as Arrow and polars count them."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

Days = NDArray[np.int64]
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days from 1970-01-01 to `day`."""
    return (day - EPOCH).days


def dates(days: Days) -> pl.Series:
    """The days as calendar dates."""
    return pl.Series(days).cast(pl.Int32).cast(pl.Date)


def months_later(days: Days, months: int) -> Days:
    """The same day of the month so many months later, or the month's last day."""
    later: Days = dates(days).dt.offset_by(f"{months}mo").cast(pl.Int32).to_numpy().astype(np.int64)
    return later


def years_of(days: Days) -> NDArray[np.int64]:
    """The calendar year of each day."""
    year: NDArray[np.int64] = dates(days).dt.year().to_numpy().astype(np.int64)
    return year


def quarters(days: Days) -> pl.Series:
    """Calendar quarters such as `2021 Q4`."""
    day = dates(days)
    return (day.dt.year().cast(pl.String) + " Q" + day.dt.quarter().cast(pl.String)).rename("quarter")
