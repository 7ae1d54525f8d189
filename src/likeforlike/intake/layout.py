"""What is odd about the sheet as a whole: merged cells, shifted rows, a guessed encoding, other lists."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM, one_problem, row_problems
from likeforlike.intake.sheet import ROW, FoundList
from likeforlike.labs.definition import Lab

SHOWN_NAMES = 15
SHOWN_LENGTH = 40


def merged_rows(found: FoundList) -> dict[str, frozenset[int]]:
    """For each lab column, the rows whose cell is empty because it is merged with another."""
    columns = {place: name for name, place in found.headings.places.items()}
    covered: dict[str, set[int]] = {name: set() for name in columns.values()}
    last_row = len(found.sheet.rows) - 1
    for top, left, bottom, right in found.sheet.merged:
        for place in (place for place in columns if left <= place <= right):
            rows = range(max(top, found.header + 1), min(bottom, last_row) + 1)
            covered[columns[place]] |= {row + 1 for row in rows if (row, place) != (top, left)}
    return {name: frozenset(rows) for name, rows in covered.items()}


def layout_problems(found: FoundList, merged: dict[str, frozenset[int]], lab: Lab) -> Iterator[pl.DataFrame]:
    """Problems of the sheet as a whole.

    Parameters
    ----------
    found
        The list as it stands in the file.
    merged
        From `merged_rows`.
    lab
        For the labels of columns.

    Yields
    ------
    DataFrame
        Problems with the columns of `problems.SCHEMA`.
    """
    yield from found.headings.problems
    for name, rows in merged.items():
        if rows:
            yield one_problem(
                "merged_cells",
                PLEASE_CONFIRM,
                "Cells are merged, and only the first cell of each merged block has a value.",
                "Unmerge the cells and fill in every row, or confirm that the others are meant to be empty.",
                column=lab.columns.get(name).label,
                row=min(rows),
            )
    if found.others:
        names = ", ".join(f"'{name}'" for name in found.others)
        yield one_problem(
            "other_sheets",
            PLEASE_CONFIRM,
            f"We read the sheet '{found.sheet.name}' only; {names} also looks like a list of people.",
            "Confirm that this is right, or put everybody on one sheet.",
        )
    if found.sheet.encoding_guessed:
        yield one_problem(
            "encoding_guessed",
            PLEASE_CONFIRM,
            "The file does not say how its letters are stored, so accents and apostrophes may be wrong.",
            "Check a name with an accent, or save the file as 'CSV UTF-8' or XLSX.",
        )
    yield from _extra_cells(found)


def layout_notes(found: FoundList) -> Iterator[str]:
    """What was passed over without harm."""
    if found.headings.ignored:
        listed = ", ".join(f"'{heading[:SHOWN_LENGTH]}'" for heading in found.headings.ignored[:SHOWN_NAMES])
        yield f"Columns not read, which you need not send: {listed}."
    rows = found.sheet.rows
    if found.cells.height == len(rows) - found.header - 1:
        return
    blank = set(range(found.header + 2, len(rows) + 1)) - set(found.cells.get_column(ROW))
    passed = sorted(row for row in blank if any(str(cell).strip() for cell in rows[row - 1]))
    if passed:
        some = ", ".join(str(row) for row in passed[:5]) + (" and others" if len(passed) > 5 else "")
        yield f"Rows passed over because they are empty in every column we read: {some}."


def _extra_cells(found: FoundList) -> Iterator[pl.DataFrame]:
    """Rows of a CSV with more cells than the heading row, in which values have moved to the right."""
    width = len(found.sheet.rows[found.header])
    lengths = pl.Series(map(len, found.sheet.rows), dtype=pl.Int64)
    longer = [place for place in (lengths > width).arg_true() if place > found.header]
    shifted = [place + 1 for place in longer if any(str(c).strip() for c in found.sheet.rows[place][width:])]
    yield row_problems(
        pl.Series(shifted, dtype=pl.Int64),
        "extra_cells",
        MUST_FIX,
        "The row has more cells than there are headings, so its values may stand in the wrong columns.",
        "Look for a separator inside a value, such as a comma in an address, and put it in quotation marks.",
    )
