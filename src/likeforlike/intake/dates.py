"""Dates as people write them: days first, in figures or words, or as a spreadsheet's day number."""

from __future__ import annotations

from datetime import date

import polars as pl

from likeforlike.intake.checks import Check, Reading
from likeforlike.intake.date_order import evidence, months_first, order_checks, order_problems
from likeforlike.intake.names import formula_error
from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM, counted, one_problem
from likeforlike.labs.definition import Column

PIVOT = 30
"""Two-digit years below it are 2000 and later, others 1900 and later; Excel and LibreOffice do the same."""
DAY_ZERO = date(1899, 12, 30)
"""Spreadsheets number days from here; five figures reach from 1927 to 2173."""

_TIME = r"(?:[t ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s?(?:am|pm|z)?)?$"
_BETWEEN = r"\s*[-/.,\\ ]\s*"
_WEEKDAY = r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<m>[a-z]{3,9})"
FORMS = {
    "iso": rf"^(?P<y>\d{{4}}){_BETWEEN}(?P<m>\d{{1,2}}){_BETWEEN}(?P<d>\d{{1,2}}){_TIME}",
    "figures": rf"^(?P<d>\d{{1,2}}){_BETWEEN}(?P<m>\d{{1,2}}){_BETWEEN}(?P<y>\d{{4}}|\d{{2}}){_TIME}",
    "run_together": r"^(?P<d>\d{1,2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})$",
    "run_together_iso": r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})$",
    "words": rf"{_WEEKDAY}{_DAY}(?: of)?[-/.,\s]*{_MONTH}[-/.,'\s]*(?P<y>\d{{4}}|\d{{2}}){_TIME}",
    "words_american": rf"{_WEEKDAY}{_MONTH}[-/.,\s]*{_DAY}[-/.,\s]+(?P<y>\d{{4}}){_TIME}",
}
_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS = {form: str(i) for i, name in enumerate(_NAMES, 1) for form in (name, name[:3], str(i), f"{i:02}")}
MONTHS |= {"sept": "9"}
NUMBER = r"^\d{5}(?:\.\d+)?$"
EXAMPLE = "Write day, month and year, like 27/03/1990."


def read_date(cells: pl.DataFrame, column: Column) -> Reading:
    """Dates read days first, with what is wrong with single ones and with the column as a whole."""
    parts = parse_dates(cells)
    seen = evidence(parts)
    checks = _checks([*order_checks(seen, column)], column)
    whole = [*order_problems(parts, seen, column), *_assumptions(parts, column)]
    return Reading(parts, checks, whole, seen.proof)


def parse_dates(cells: pl.DataFrame) -> pl.DataFrame:
    """Take texts apart and put dates together.

    Each different text is parsed once: a long list has few different dates.

    Parameters
    ----------
    cells
        With `text`, null where missing.

    Returns
    -------
    DataFrame
        `cells` with `form` (key of `FORMS`, "number" or null), `y`, `m`, `d` (Int32, as written) and `value`
        (Date, null where there is no such day).
    """
    text = pl.col("text").str.to_lowercase()
    taken = (
        cells.select("text")
        .unique(maintain_order=True)
        .with_columns(text.str.extract_groups(pattern).alias(form) for form, pattern in FORMS.items())
    )
    forms = [pl.when(pl.col(form).struct.field("y").is_not_null()).then(pl.lit(form)) for form in FORMS]
    figures = {part: pl.coalesce(pl.col(form).struct.field(part) for form in FORMS) for part in "ymd"}
    number = text.str.contains(NUMBER)
    year, month, day = (pl.col(part) for part in "ymd")
    century = pl.when(year < PIVOT).then(2000).otherwise(1900)
    parsed = (
        taken.with_columns(
            pl.coalesce(*forms, pl.when(number).then(pl.lit("number"))).alias("form"),
            figures["y"].cast(pl.Int32).alias("y"),
            figures["y"].str.len_chars().eq(2).alias("two_digits"),
            figures["m"].replace_strict(MONTHS, default=figures["m"]).cast(pl.Int32, strict=False).alias("m"),
            figures["d"].cast(pl.Int32).alias("d"),
        )
        .drop(FORMS)
        .with_columns(pl.when("two_digits").then(year + century).otherwise(year).alias("y"))
        .with_columns(
            pl.when(number)
            .then(
                pl.lit(DAY_ZERO) + pl.duration(days=text.str.extract(r"^(\d+)").cast(pl.Int32, strict=False))
            )
            .otherwise(pl.format("{}-{}-{}", year, month, day).str.to_date("%Y-%m-%d", strict=False))
            .alias("value")
        )
    )
    return cells.join(parsed, on="text", how="left", maintain_order="left")


def _checks(order: list[Check], column: Column) -> list[Check]:
    text, value, form = pl.col("text"), pl.col("value"), pl.col("form")
    unread = text.is_not_null() & (form.is_null() | pl.col("m").is_null() & (form != "number"))
    checks = [
        formula_error(column),
        Check(
            "only_year",
            MUST_FIX,
            unread & text.str.contains(r"^(?:19|20)\d{2}$"),
            f"'{column.label}' has a year only.",
            EXAMPLE,
        ),
        Check("not_a_date", MUST_FIX, unread, f"'{column.label}' is not a date that we can read.", EXAMPLE),
        *order,
        Check(
            "no_such_day",
            MUST_FIX,
            text.is_not_null() & value.is_null() & ~months_first(),
            f"'{column.label}' is a day that does not exist.",
            f"Correct it. {EXAMPLE}",
        ),
    ]
    if column.earliest:
        checks.append(_bound("too_early", value < column.earliest, column.label, "before", column.earliest))
    if column.latest:
        checks.append(_bound("too_late", value > column.latest, column.label, "after", column.latest))
    return checks


def _bound(code: str, when: pl.Expr, label: str, side: str, bound: date) -> Check:
    day = f"{bound.day} {_NAMES[bound.month - 1].capitalize()} {bound.year}"
    return Check(code, MUST_FIX, when, f"'{label}' is {side} {day}.", "Check the year, above all.")


def _assumptions(parts: pl.DataFrame, column: Column) -> list[pl.DataFrame]:
    """What was taken for granted about the column, asked about once."""
    asked = []
    short = parts.filter("two_digits").height
    if short:
        message = (
            f"'{column.label}' has years of two figures in {counted(short, 'row')}: "
            f"we read 00 to {PIVOT - 1} as 2000 to {2000 + PIVOT - 1}, "
            f"and {PIVOT} to 99 as {1900 + PIVOT} to 1999."
        )
        asked.append(
            _ask("two_digit_years", message, "Confirm that this is right, or write four figures.", column)
        )
    numbers = parts.filter(pl.col("form") == "number").height
    if numbers:
        where = f"'{column.label}' has bare numbers in {counted(numbers, 'row')}"
        message = f"{where}, which we read as a spreadsheet's days."
        asked.append(
            _ask("day_numbers", message, "Confirm that this is right, or format the column as dates.", column)
        )
    return asked


def _ask(code: str, message: str, remedy: str, column: Column) -> pl.DataFrame:
    return one_problem(code, PLEASE_CONFIRM, message, remedy, column=column.label)
