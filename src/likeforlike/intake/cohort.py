"""The list of people a provider sent, as the later stages use it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from shlex import quote
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM, Problems, counted
from likeforlike.intake.summary import summarise
from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow

if TYPE_CHECKING:
    import altair as alt

KEYS = ("participant", "row")


@dataclass(frozen=True, slots=True)
class Source:
    """The file a cohort was read from."""

    name: str
    sha256: str
    """Of the file's bytes."""
    sheet: str | None
    """`None` for CSV, which has no sheets."""
    rows: int
    """Rows with a person, before duplicates are taken out."""
    columns: tuple[tuple[str, str], ...] = ()
    """Label of each lab column that was found, and its letter in the spreadsheet."""
    unread: tuple[str, ...] = ()
    """Headings that stand for no column of the lab."""


@dataclass(frozen=True, eq=False, repr=False)
class Cohort:
    """Participants as read, with everything that is wrong with the list.

    `people` has a row for each participant: `participant` (Int64, 0 to n-1), `row` (Int64, as the spreadsheet
    shows it), then the lab's columns in its order. Dates are `Date`, all else `String`; null is missing.
    """

    lab: Lab
    people: pl.DataFrame
    problems: Problems
    flow: Flow
    source: Source
    notes: tuple[str, ...] = ()
    """What was left out or assumed that needs no answer."""

    def __repr__(self) -> str:
        return f"<Cohort: {self.people.height:,} {self.lab.head.noun.plural}, {self.problems!r}>"

    @property
    def ready(self) -> bool:
        """Whether nothing must be fixed first."""
        return not len(self.problems.of(MUST_FIX))

    @cached_property
    def sha256(self) -> str:
        """Hash of the people in file order, whatever the kind and layout of the file."""
        people = self.people.drop(KEYS)
        return hashlib.sha256(people.write_csv(quote_style="always").encode()).hexdigest()

    def require_ready(self) -> None:
        """Refuse a list on which something must be fixed.

        Raises
        ------
        InputProblem
            The sentence is the problem itself where there is one of the whole list; else it gives their
            number and the command that shows them.
        """
        wrong = self.problems.of(MUST_FIX)
        if not len(wrong):
            return
        first = next(iter(wrong))
        if len(wrong) == 1 and first.row is None:
            raise InputProblem(f"{self.source.name}: {first.message} {first.remedy}")
        command = f"likeforlike check {quote(self.source.name)} --lab {self.lab.name}"
        found = counted(len(wrong), "problem")
        raise InputProblem(
            f"{self.source.name} has {found} that must be fixed first: run `{command}` to see what to do."
        )

    def summary(self) -> str:
        """Counts and problems in words, by column; no person's details."""
        return summarise(self)

    def to_frame(self) -> pl.DataFrame:
        """All problems: `file, row, column, value, code, severity, message, remedy`."""
        return self.problems.frame

    def plot(self) -> alt.LayerChart | alt.FacetChart:
        """People on the list and after duplicates are taken out, as bars."""
        from likeforlike.plots import flow_plot

        return flow_plot(self.flow)

    def to_dict(self) -> dict[str, Any]:
        """Counts and kinds of problems, without any person, row or value."""
        return {
            "file": self.source.name,
            "sheet": self.source.sheet,
            "sha256": self.sha256,
            "rows": self.source.rows,
            "people": self.people.height,
            "ready": self.ready,
            "must_fix": len(self.problems.of(MUST_FIX)),
            "please_confirm": len(self.problems.of(PLEASE_CONFIRM)),
            "problems": self.problems.counts().drop("rows").to_dicts(),
            "notes": list(self.notes),
            "flow": self.flow.to_dict(),
        }
