"""A CSV as rows of text, whatever its encoding and separator.

The standard library's reader is used because a list must keep its row numbers: it keeps blank lines and rows
of unequal length, counts a quoted line break as one row, and says where a quotation mark is left open.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import islice

from likeforlike.errors import InputProblem

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_ROWS = 60
SAMPLE_CHARACTERS = 100_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
"""Both as in a spreadsheet."""


def decode(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding had to be guessed.

    UTF-8 and UTF-16 are certain; anything else is taken as Windows-1252, which British spreadsheet programs
    write when asked for plain CSV.
    """
    encodings = ["utf-8-sig"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:2].count(0) == 1:
        encodings = ["utf-16-le" if content[1] == 0 else "utf-16-be"]
    for encoding in encodings:
        try:
            return content.decode(encoding), False
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace"), True


def read_rows(text: str, name: str, score: Callable[[list[list[str]]], int]) -> list[list[str]]:
    """Split text into rows and cells.

    Parameters
    ----------
    text
        The whole file.
    name
        The file's name, for the error.
    score
        How much the first rows look like the lab's list; the separator that scores highest is used.

    Raises
    ------
    InputProblem
        A quotation mark is left open or stands in the middle of a cell (the sentence gives the row), or there
        are more rows or columns than a spreadsheet has.
    """
    first, _, rest = text.partition("\n")
    # spreadsheet programs write and hide a first line that names the separator
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return _parse(rest, first.strip()[4], name)
    best = max(SEPARATORS, key=lambda separator: _likeness(text, separator, score))
    return _parse(text, best, name)


def _likeness(text: str, separator: str, score: Callable[[list[list[str]]], int]) -> tuple[int, int]:
    sample: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=separator):
            sample.append(row)
            if len(sample) == SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return score(sample), max(map(len, sample), default=0)


def _parse(text: str, separator: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(islice(reader, MAX_ROWS + 1))
    except csv.Error:
        raise InputProblem(
            f"{name} has a quotation mark that is left open, or stands inside a cell, near row "
            f"{len(rows) + 1}: remove it, or save the list as XLSX."
        ) from None
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        raise InputProblem(
            f"{name} has more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} columns: keep only the list itself."
        )
    return rows
