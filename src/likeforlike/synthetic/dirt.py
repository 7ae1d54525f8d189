"""Mistakes that people make when they type names, dates and numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
LETTERS = list("abcdefghijklmnoprstuvwy")


def misspelt(text: pl.Series, where: Mask, rng: np.random.Generator) -> pl.Series:
    """Text with one letter lost, doubled, changed or exchanged with its neighbour in the rows of `where`."""
    size = len(text)
    frame = pl.DataFrame(
        {
            "text": text,
            "where": pl.Series(where) & (text.str.len_chars() > 2).fill_null(False),
            "way": rng.integers(0, 4, size),
            "u": rng.random(size),
            "letter": pl.Series(LETTERS).gather(rng.integers(0, len(LETTERS), size)),
        }
    )
    length = pl.col("text").str.len_chars()
    place = (pl.col("u") * (length - 2).cast(pl.Float64)).cast(pl.Int64) + 1
    before = pl.col("text").str.slice(0, place)
    here = pl.col("text").str.slice(place, 1)
    following = pl.col("text").str.slice(place + 1, 1)
    rest = pl.col("text").str.slice(place + 1)
    wrong = (
        pl.when(pl.col("way") == 0)
        .then(before + rest)
        .when(pl.col("way") == 1)
        .then(before + here + here + rest)
        .when(pl.col("way") == 2)
        .then(before + pl.col("letter") + rest)
        .otherwise(before + following + here + pl.col("text").str.slice(place + 2))
    )
    return frame.select(pl.when("where").then(wrong).otherwise("text")).to_series().rename(text.name)


def mistyped_digit(text: pl.Series, where: Mask, rng: np.random.Generator) -> pl.Series:
    """Identifiers with their fourth-last digit changed, so that the form stays right."""
    digit = pl.Series(rng.integers(0, 10, len(text))).cast(pl.String)
    wrong = text.str.slice(0, text.str.len_chars() - 4) + digit + text.str.slice(text.str.len_chars() - 3)
    return wrong.zip_with(pl.Series(where), text)


def exchanged(first: pl.Series, second: pl.Series, where: Mask) -> tuple[pl.Series, pl.Series]:
    """Two columns with their values exchanged in the rows of `where`."""
    rows = pl.Series(where)
    return second.zip_with(rows, first).rename(first.name), first.zip_with(rows, second).rename(second.name)


def day_for_month(day: pl.Series, where: Mask) -> pl.Series:
    """Dates with day and month exchanged in the rows of `where`, as far as that is a date at all."""
    frame = pl.DataFrame({"day": day, "where": where})
    possible = pl.col("where") & (pl.col("day").dt.day() <= 12)
    # a day that is no month is replaced by itself, so that no row makes an impossible date
    month = pl.when(pl.col("day").dt.day() <= 12).then(pl.col("day").dt.day()).otherwise(1)
    swapped = pl.date(pl.col("day").dt.year(), month, pl.col("day").dt.month())
    return frame.select(pl.when(possible).then(swapped).otherwise("day")).to_series().rename(day.name)
