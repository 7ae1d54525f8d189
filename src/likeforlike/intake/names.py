"""Names and free text: what a letter lost on the way looks like."""

from __future__ import annotations

import polars as pl

from likeforlike.intake.checks import Check, Reading
from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM
from likeforlike.labs.definition import Column

# UTF-8 read as Windows-1252 or Latin-1: a lead byte shown as a letter, then a trail byte shown as a sign
_LEAD = "[\u00c2-\u00c5\u00d0\u00d1]"
_TRAIL = (
    "[\u0080-\u00bf\u20ac\u201a-\u201e\u2020-\u2022\u02c6\u2030\u2039\u203a\u2018-\u201d\u2013\u2014\u02dc\u2122"
    "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]"
)
MOJIBAKE = f"{_LEAD}{_TRAIL}|\u00e2\u20ac|\u00e2\u0080"
LOST_LETTER = "\ufffd"
FORMULA_ERROR = r"^#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|N/A)[!?]?$|^Err:\d{3}$"
LONGEST = 100
LONGEST_TEXT = 1_000
SAVE_AGAIN = "Correct it, or save the original list as XLSX or 'CSV UTF-8' and use that."


def read_name(cells: pl.DataFrame, column: Column) -> Reading:
    """A person's name as it was written, with spaces tidied."""
    return Reading(cells.with_columns(value="text"), [*_damage(column, LONGEST), *_odd_name(column)])


def read_text(cells: pl.DataFrame, column: Column) -> Reading:
    """Text as it was written, with spaces tidied."""
    return Reading(cells.with_columns(value="text"), _damage(column, LONGEST_TEXT))


def formula_error(column: Column) -> Check:
    """The check for a cell in which a formula failed."""
    return Check(
        "formula_error",
        MUST_FIX,
        pl.col("text").str.contains(FORMULA_ERROR),
        f"'{column.label}' holds a formula's error.",
        "Put the value itself in the cell.",
    )


def _damage(column: Column, longest: int) -> list[Check]:
    text = pl.col("text")
    broken = text.str.contains(MOJIBAKE) | text.str.contains(LOST_LETTER, literal=True)
    return [
        formula_error(column),
        Check(
            "broken_letters",
            MUST_FIX,
            broken,
            f"'{column.label}' holds letters that were broken when the file was saved.",
            SAVE_AGAIN,
        ),
        Check(
            "too_long",
            MUST_FIX,
            text.str.len_chars() > longest,
            f"'{column.label}' is longer than {longest:,} characters; a quotation mark may be missing.",
            "Check this row and the ones after it.",
        ),
    ]


def _odd_name(column: Column) -> list[Check]:
    text = pl.col("text")
    return [
        Check(
            "no_letters",
            MUST_FIX,
            ~text.str.contains(r"\p{L}"),
            f"'{column.label}' holds no letters.",
            "Write the name, or leave the person out of the list.",
        ),
        Check(
            "lost_letter",
            PLEASE_CONFIRM,
            text.str.contains(r"\?"),
            f"'{column.label}' holds a question mark, which may stand for a letter that was lost.",
            SAVE_AGAIN,
            keeps=True,
        ),
        Check(
            "odd_name",
            PLEASE_CONFIRM,
            text.str.contains(r"[0-9@=;:<>|\\{}\[\]]"),
            f"'{column.label}' holds a digit or sign that names do not have.",
            "Check that the value is in the right column, or confirm that it is right.",
            keeps=True,
        ),
    ]
