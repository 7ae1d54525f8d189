"""Several lists become one: everybody counts once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.intake.assemble import DUPLICATE, TOO_FEW, size_problems
from likeforlike.intake.cohort import Cohort, Source
from likeforlike.intake.duplicates import drop_duplicates, shared_identifiers
from likeforlike.intake.problems import MUST_FIX, gather
from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow

LISTS = "lists"
"""Column that says, from 0, which list a person came from."""


def pool(parts: Sequence[Cohort], name: str) -> Cohort:
    """One list of all who are on any, in the order of the lists.

    A person who is on two lists counts once, with the first. A list may be too small by itself; together they must be
    large enough. Everything else that must be fixed is to be fixed on each list.

    Parameters
    ----------
    name
        What the whole is called, in place of a file's name.

    Raises
    ------
    InputProblem
        There is no list, they are of different labs, or one of them has problems that must be fixed.
    """
    if not parts:
        raise InputProblem("There is no list to put together: give at least one.")
    lab = parts[0].lab
    if any(part.lab.sha256 != lab.sha256 for part in parts):
        raise InputProblem("The lists are of different labs: read them all with the same one.")
    for part in parts:
        _require_ready(part)
    together = _all_rows(parts)
    kept = drop_duplicates(together, lab)[0]
    numbered = kept.drop(LISTS).with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("participant"))
    digest = hashlib.sha256("".join(part.source.sha256 for part in parts).encode()).hexdigest()
    return Cohort(
        lab=lab,
        people=numbered.select("participant", *kept.drop(LISTS).columns),
        problems=gather(
            name,
            [*shared_identifiers(kept, lab), *size_problems(kept.height, lab)],
            [column.label for column in lab.columns.column],
        ),
        flow=Flow.start(together.height).then(DUPLICATE, "Listed more than once", kept.height),
        source=Source(name, digest, None, together.height),
    )


def on_several(parts: Sequence[Cohort]) -> list[int]:
    """Of each list, how many people are on an earlier or later one too; for staff only."""
    lab = parts[0].lab
    found = []
    for i, part in enumerate(parts):
        others = [other for j, other in enumerate(parts) if j != i]
        together = _all_rows([*others, part])
        new = drop_duplicates(together, lab)[0].filter(pl.col(LISTS) == len(others)).height
        found.append(part.people.height - new)
    return found


def _all_rows(parts: Sequence[Cohort]) -> pl.DataFrame:
    """`row`, counted through, the list's number and the lab's columns."""
    frames = [
        part.people.drop("participant", "row").with_columns(pl.lit(i).alias(LISTS))
        for i, part in enumerate(parts)
    ]
    return pl.concat(frames).with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))


def _require_ready(part: Cohort) -> None:
    wrong = part.problems.frame.filter((pl.col("severity") == MUST_FIX) & (pl.col("code") != TOO_FEW))
    if wrong.height:
        part.require_ready()


def with_column(part: Cohort, column: str, value: str) -> Cohort:
    """A list on which everybody has one value in a column, such as the name of the service that sent it."""
    return replace(part, people=part.people.with_columns(pl.lit(value).alias(column)))


def text_columns(lab: Lab) -> tuple[str, ...]:
    """Columns of free text that are not about the person."""
    return tuple(c.name for c in lab.columns.column if c.kind == "text" and not c.personal)
