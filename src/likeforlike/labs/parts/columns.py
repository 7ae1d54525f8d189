"""`columns.toml`: the provider's spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from likeforlike.labs.parts.base import Frozen, Name, Text


class Column(Frozen):
    """A column of the provider's spreadsheet."""

    name: Name
    """What the lab calls the column."""
    label: Text
    """What the template calls it."""
    kind: Literal["name", "date", "choice", "identifier", "postcode", "text"]
    """How its values are read and checked."""
    guidance: Text
    """What to write, for the template and for sentences about mistakes."""
    example: str = ""
    """A value as it should be written."""
    required: bool = False
    """Whether every row must have it."""
    personal: bool = True
    """Whether its values are about one person; those are never repeated in messages."""
    aliases: tuple[str, ...] = ()
    """Other headings under which providers send it."""
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """For `choice`: the code and the ways people write it."""
    pattern: str = ""
    """For `identifier`: what the canonical value must match."""
    canonical: tuple[tuple[str, str], ...] = ()
    """For `identifier`: replacements (regular expression, text) applied in order to the upper-case value."""
    earliest: date | None = None
    """The first date that can be right."""
    latest: date | None = None
    """The last date that can be right."""


class AnyOf(Frozen):
    """At least one of these columns must be filled in each row."""

    columns: tuple[Name, ...]
    """The columns of which one is enough."""
    message: Text
    """What a row needs, after "Each row"."""


class RowRule(Frozen):
    """A check across the columns of one row; `when` is a SQL condition that is true for a problem row."""

    code: Name
    """A name for the problem."""
    column: Name
    """The column at which it is shown."""
    when: Text
    severity: Literal["must_fix", "please_confirm"]
    """Whether it stops the list, or only asks."""
    message: Text
    """What is wrong."""
    remedy: Text
    """What to do."""


class Columns(Frozen):
    """The provider's spreadsheet: `columns.toml`."""

    column: tuple[Column, ...]
    any_of: tuple[AnyOf, ...] = ()
    rule: tuple[RowRule, ...] = ()
    same_person: tuple[Name, ...]
    """Columns that, when all equal, make two rows the same person."""

    def get(self, name: str) -> Column:
        return next(c for c in self.column if c.name == name)
