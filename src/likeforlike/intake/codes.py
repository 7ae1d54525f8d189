"""Choices, identifiers and postcodes: texts with one right form."""

from __future__ import annotations

import polars as pl

from likeforlike.intake.checks import Check, Reading
from likeforlike.intake.names import formula_error
from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM
from likeforlike.labs.definition import Column

# the general form published with the Royal Mail's Postcode Address File
POSTCODE = r"^(?:GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2})$"
LEFT_OUT = "Correct it, or confirm that it may be left out."


def read_choice(cells: pl.DataFrame, column: Column) -> Reading:
    """The code of a choice, from any of the ways in which people write it."""
    ways = {way.strip().lower(): code for code in column.choices for way in (*column.choices[code], code)}
    value = (
        pl.col("text")
        .str.to_lowercase()
        .str.strip_chars(" .")
        .replace_strict(ways, default=None, return_dtype=pl.String)
    )
    offered = ", ".join(f"'{text}'" for text in choice_labels(column))
    unknown = Check(
        "unknown_choice",
        MUST_FIX if column.required else PLEASE_CONFIRM,
        pl.col("text").is_not_null() & pl.col("value").is_null(),
        f"'{column.label}' is not one of {offered}.",
        f"Write one of {offered}."
        if column.required
        else f"Write one of {offered}, or confirm that it may be left out.",
    )
    return Reading(cells.with_columns(value=value), [formula_error(column), unknown])


def choice_labels(column: Column) -> list[str]:
    """What people choose from: for each code, the first of the ways in which it is written."""
    return [next(iter(ways), code).capitalize() for code, ways in column.choices.items()]


def read_identifier(cells: pl.DataFrame, column: Column) -> Reading:
    """An identifier in its canonical form; one that does not fit its pattern is left out."""
    value = pl.col("text").str.to_uppercase()
    for pattern, replacement in column.canonical:
        value = value.str.replace_all(pattern, replacement)
    misfit = Check(
        "unlikely_identifier",
        PLEASE_CONFIRM,
        ~pl.col("value").str.contains(column.pattern) if column.pattern else pl.lit(False),
        f"This does not look like a {column.label}, so it would not be used.",
        f"Write it like {column.example}, or confirm that it may be left out."
        if column.example
        else LEFT_OUT,
    )
    return Reading(cells.with_columns(value=value), [formula_error(column), misfit])


def read_postcode(cells: pl.DataFrame, column: Column) -> Reading:
    """A British postcode in capitals with a single space."""
    bare = pl.col("text").str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
    misfit = Check(
        "unlikely_postcode",
        PLEASE_CONFIRM,
        ~bare.str.contains(POSTCODE).fill_null(True),
        "This does not look like a full postcode, so it would not be used.",
        LEFT_OUT,
    )
    value = pl.concat_str(bare.str.head(-3), pl.lit(" "), bare.str.tail(3))
    return Reading(cells.with_columns(value=value), [formula_error(column), misfit])
