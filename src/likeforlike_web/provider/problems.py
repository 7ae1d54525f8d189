"""What a check found, as the problems page shows it, and the notes that go beside the provider's own file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from likeforlike.spreadsheets import write_ods
from likeforlike.spreadsheets.ods import OdsSheet

WHOLE = "The list as a whole"
MUST_FIX, PLEASE_CONFIRM = "must_fix", "please_confirm"
FIRST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem in one column."""

    message: str
    remedy: str
    count: int
    rows: tuple[int, ...]

    @property
    def places(self) -> str:
        """Where, in words: the first few rows."""
        if not self.rows:
            return ""
        shown = ", ".join(f"{row:,}" for row in self.rows[:FIRST_ROWS])
        more = self.count - len(self.rows[:FIRST_ROWS])
        noun = "Row" if self.count == 1 else "Rows"
        return f"{noun} {shown}" + (f" and {more:,} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Column:
    """What is wrong with one column."""

    label: str
    letter: str
    kinds: tuple[Kind, ...]

    @property
    def count(self) -> int:
        """Problems in it."""
        return sum(kind.count for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Row:
    """What is wrong with one row."""

    number: int
    notes: tuple[tuple[str, str, str, bool], ...]
    """Cell, column, sentence, and whether it must be fixed."""


def by_column(found: dict[str, Any], severity: str) -> list[Column]:
    """Problems of one severity under their columns."""
    letters = dict(found.get("columns", []))
    groups: dict[str, list[Kind]] = defaultdict(list)
    for each in found.get("problems", []):
        if each["severity"] == severity:
            kind = Kind(each["message"], each["remedy"], each["count"], tuple(each["rows"]))
            groups[each["column"] or WHOLE].append(kind)
    return [Column(label, letters.get(label, ""), tuple(kinds)) for label, kinds in groups.items()]


def by_row(found: dict[str, Any]) -> list[Row]:
    """Problems row by row, in the file's order."""
    letters = dict(found.get("columns", []))
    rows: dict[int, list[tuple[str, str, str, bool]]] = defaultdict(list)
    for each in found.get("problems", []):
        letter = letters.get(each["column"] or "", "")
        must = each["severity"] == MUST_FIX
        for number in each["rows"]:
            cell = f"{letter}{number}" if letter else ""
            rows[number].append((cell, each["column"] or "", f"{each['message']} {each['remedy']}", must))
    return [Row(number, tuple(notes)) for number, notes in sorted(rows.items())]


def missing_columns(found: dict[str, Any]) -> list[str]:
    """Labels of columns that the file does not seem to have, first those it needs."""
    return [each["column"] for each in found.get("problems", []) if each["code"] == "missing_column"]


def notes_sheet(found: dict[str, Any], title: str) -> bytes:
    """A sheet of the same shape as the provider's, with a note in each cell that has a problem, as ODS.

    It holds none of their values, which this website cannot read: it is to be looked at beside the file, row for row.
    """
    listed = [(label, _place(letter)) for label, letter in found.get("columns", [])]
    width = max((place for _, place in listed), default=0) + 2
    height = max((row.number for row in by_row(found)), default=1)
    cells: list[list[str]] = [[""] * width for _ in range(height)]
    for label, place in listed:
        cells[0][place] = label
    cells[0][width - 1] = "Notes on the row"
    for row in by_row(found):
        for cell, _, sentence, must in row.notes:
            said = f"{'MUST FIX' if must else 'PLEASE CONFIRM'}: {sentence}"
            place = _place(cell.rstrip("0123456789")) if cell else width - 1
            before = cells[row.number - 1][place] if row.number > 1 else ""
            if row.number > 1:
                cells[row.number - 1][place] = f"{before}\n{said}" if before else said
    return write_ods([OdsSheet("Notes", cells, heading=0)], title)


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
