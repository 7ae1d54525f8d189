"""Reads what reviewers decided about the pairs that were drawn for them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.linkage.clerical.table import DECISION, LIST, ROW, SHORT
from likeforlike.linkage.names import PARTICIPANT, PERSON

if TYPE_CHECKING:
    from likeforlike.intake.cohort import Cohort

MATCH, NO_MATCH, UNSURE = "match", "no match", "unsure"
WORDS = {
    "match": MATCH,
    "yes": MATCH,
    "y": MATCH,
    "no match": NO_MATCH,
    "no": NO_MATCH,
    "n": NO_MATCH,
} | dict.fromkeys(("unsure", "?", ""), UNSURE)
NEEDED = (LIST, ROW, PERSON, DECISION)
REVIEW = "review.csv"
LONGEST = 20_000_000
"""Bytes; a hundred pairs take about fifty thousand."""


def read_review(path: Path, cohort: Cohort) -> pl.DataFrame:
    """Read a review file after people have filled in its decisions.

    Parameters
    ----------
    path
        The CSV as `write_inspection` wrote it, with `match`, `no match` or `unsure` (or nothing) in `decision`.
    cohort
        The list that it was drawn for.

    Returns
    -------
    pl.DataFrame
        `participant, person_id, same`: the pairs that were decided.

    Raises
    ------
    InputProblem
        The file is missing, lacks a column, belongs to another list, says something else than a decision, or
        makes one person of two.
    """
    rows = _rows(path)
    lines = {str(row): participant for participant, row in cohort.people.select(PARTICIPANT, ROW).iter_rows()}
    decided: list[tuple[int, str, bool]] = []
    for number, row in enumerate(rows, start=2):
        if row[LIST] != cohort.sha256[:SHORT] or _elsewhere(row, lines):
            raise InputProblem(
                f"{path.name}, row {number}: it was drawn for another list; draw again with `likeforlike link`."
            )
        word = WORDS.get(" ".join(row[DECISION].lower().split()))
        if word is None:
            raise InputProblem(
                f"{path.name}, row {number}: the decision must be {MATCH}, {NO_MATCH} or {UNSURE}."
            )
        if word != UNSURE:
            decided.append((lines[row[ROW]], row[PERSON].removeprefix("'"), word == MATCH))
    schema = {PARTICIPANT: pl.Int64, PERSON: pl.String, "same": pl.Boolean}
    frame = pl.DataFrame(decided, schema=schema, orient="row").unique(maintain_order=True)
    _refuse_contradictions(path.name, frame)
    return frame


def _elsewhere(row: dict[str, str], lines: dict[str, int]) -> bool:
    """Whether the row is about a line that the list does not have, or has in another place."""
    participant = lines.get(row[ROW])
    return participant is None or row[PARTICIPANT] not in ("", str(participant))


def refuse_decided(folder: Path) -> None:
    """Refuse to write over a review file in which people have already decided something.

    Raises
    ------
    InputProblem
        The folder's `review.csv` holds decisions.
    """
    path = folder / REVIEW
    if path.exists() and any(row[DECISION] for row in _rows(path)):
        raise InputProblem(
            f"{REVIEW} in '{folder.name}' holds decisions: give it back with --reviewed, or choose another --out."
        )


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        if path.stat().st_size > LONGEST:
            raise InputProblem(f"{path.name} is no review file: give the review.csv of `likeforlike link`.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise InputProblem(f"{path.name} cannot be read: check its name and folder.") from None
    except UnicodeDecodeError:
        raise InputProblem(f"{path.name} is not UTF-8 text: save it as 'CSV UTF-8'.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = ";" if text.partition("\n")[0].count(";") > 2 else ","
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=separator)
        found, named = list(reader), reader.fieldnames or ()
    except csv.Error:
        raise InputProblem(f"{path.name} is damaged: save it as CSV again.") from None
    missing = [name for name in NEEDED if name not in named]
    if missing:
        raise InputProblem(
            f"{path.name} has no column '{missing[0]}': give the review.csv of `likeforlike link`."
        )
    return [{name: (row.get(name) or "").strip() for name in (*NEEDED, PARTICIPANT)} for row in found]


def _refuse_contradictions(name: str, decided: pl.DataFrame) -> None:
    same = decided.filter("same")
    twice = any(same[column].is_duplicated().any() for column in (PARTICIPANT, PERSON))
    if twice or decided.select(PARTICIPANT, PERSON).is_duplicated().any():
        raise InputProblem(
            f"{name}: two decisions contradict each other; a row of the list is one person at most, a person one row."
        )
