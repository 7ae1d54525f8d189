"""Which heading of the file stands for which column of the lab."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from likeforlike.intake.problems import MUST_FIX, one_problem
from likeforlike.labs.definition import Column, Lab
from likeforlike.spreadsheets.columns import column_letters

BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
CLOSE_ENOUGH = 0.75
LONGEST_HEADING = 200
"""Characters; longer texts are not headings, and slow to compare."""
MOST_COMPARED = 200
SHOWN_HEADINGS = 15
SHOWN_LENGTH = 40


@dataclass(frozen=True, slots=True)
class HeadingMap:
    """The file's headings, read against the lab's columns."""

    places: Mapping[str, int]
    """Lab column name and its position in the sheet, from 0."""
    ignored: tuple[str, ...]
    """Headings that stand for no column of the lab."""
    problems: tuple[pl.DataFrame, ...] = ()


def heading_key(text: str) -> str:
    """Letters and digits alone, without accents or case: "D.O.B." and "dob" are one heading."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def heading_meanings(lab: Lab) -> dict[str, tuple[str, ...]]:
    """Each key that a heading may have, and the lab columns that it may mean.

    That is one column, unless two share an alias. A column's own name and label come before the aliases of
    another.
    """
    own: dict[str, list[str]] = defaultdict(list)
    aliases: dict[str, list[str]] = defaultdict(list)
    for column in lab.columns.column:
        names = dict.fromkeys(heading_key(text) for text in (column.name, column.label))
        for key in names:
            own[key].append(column.name)
        for key in dict.fromkeys(
            heading_key(text) for text in column.aliases if heading_key(text) not in names
        ):
            aliases[key].append(column.name)
    return {key: tuple(columns) for key, columns in (aliases | own).items()}


def meanings_of(text: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The lab columns that a heading may mean, trying it without what stands in brackets as well."""
    if len(text) > LONGEST_HEADING:
        return ()
    for form in (text, BRACKETS.sub(" ", text)):
        found = known.get(heading_key(form))
        if found:
            return found
    return ()


def map_headings(headings: Sequence[str], filled: Sequence[bool], lab: Lab) -> HeadingMap:
    """Find the lab's columns among the headings of a file.

    Parameters
    ----------
    headings
        Text of each cell of the heading row.
    filled
        Whether anything stands below each heading; an empty column never competes with a filled one.
    lab
        The lab, whose labels, names and aliases are looked for.

    Returns
    -------
    HeadingMap
        With problems for missing, doubled and ambiguous headings.
    """
    known = heading_meanings(lab)
    found: dict[str, list[int]] = defaultdict(list)
    problems: list[pl.DataFrame] = []
    ignored: list[int] = []
    for place, heading in enumerate(headings):
        meanings = meanings_of(heading, known)
        for name in meanings[:1]:
            found[name].append(place)
        if len(meanings) > 1:
            problems.append(_ambiguous(heading, place, [lab.columns.get(name) for name in meanings]))
        elif not meanings and heading:
            ignored.append(place)
    places: dict[str, int] = {}
    for column in lab.columns.column:
        candidates = [p for p in found[column.name] if filled[p]] or found[column.name]
        if candidates:
            places[column.name] = candidates[0]
        if len(candidates) > 1:
            problems.append(_doubled(column, [(headings[p], p) for p in candidates]))
        if not candidates and column.required:
            problems.append(_missing(column, headings, ignored))
    return HeadingMap(places, tuple(headings[p] for p in ignored), tuple(problems))


def _shown(heading: str, place: int) -> str:
    return f"'{heading[:SHOWN_LENGTH]}' (column {column_letters(place + 1)})"


def _ambiguous(heading: str, place: int, columns: Sequence[Column]) -> pl.DataFrame:
    meant = " or ".join(f"'{column.label}'" for column in columns)
    message = f"The heading {_shown(heading, place)} could mean {meant}."
    return one_problem(
        "ambiguous_heading",
        MUST_FIX,
        message,
        f"Rename it to {meant}, as it is meant.",
        column=columns[0].label,
    )


def _doubled(column: Column, candidates: Sequence[tuple[str, int]]) -> pl.DataFrame:
    both = " and ".join(_shown(heading, place) for heading, place in candidates)
    message = f"More than one heading means {column.label}: {both}."
    remedy = f"Keep one as '{column.label}', and rename or remove the other."
    return one_problem("doubled_heading", MUST_FIX, message, remedy, column=column.label)


def _missing(column: Column, headings: Sequence[str], ignored: Sequence[int]) -> pl.DataFrame:
    keys = {heading_key(headings[place][:LONGEST_HEADING]): place for place in ignored[:MOST_COMPARED]}
    ours = [heading_key(text) for text in (column.label, column.name, *column.aliases)]
    near = [keys[k] for key in ours for k in get_close_matches(key, keys, n=1, cutoff=CLOSE_ENOUGH)]
    listed = ", ".join(
        f"'{heading[:SHOWN_LENGTH]}'" for heading in [h for h in headings if h][:SHOWN_HEADINGS]
    )
    message = f"There is no column headed '{column.label}'. The headings found are {listed}."
    remedy = f"Add a column headed '{column.label}'."
    if near:
        guess = _shown(headings[near[0]], near[0])
        remedy = f"If {guess} is meant, rename it to '{column.label}'; if not, add the column."
    return one_problem("missing_column", MUST_FIX, message, remedy, column=column.label)
