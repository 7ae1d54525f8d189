"""`records.toml`: the department's tables."""

from __future__ import annotations

from datetime import date
from typing import Literal

from likeforlike.labs.parts.base import Frozen, Name, Text


class RecordColumn(Frozen):
    """A column of a department's table."""

    name: Name
    """Heading of the column."""
    type: Literal["text", "date", "integer", "number", "boolean"]
    """Type of its values."""
    meaning: Text
    """What it holds, for the department."""
    required: bool = False
    """Whether a row without it is dropped."""
    codes: tuple[str, ...] = ()
    """The only values it may have, if there are any."""
    earliest: date | None = None
    """The first date that can be right."""
    latest: date | None = None
    """The last date that can be right."""
    references: str = ""
    """`table.column` that must hold this value."""


class RecordTable(Frozen):
    """A table of the department."""

    name: Name
    """Name of the table and of its file."""
    meaning: Text
    """What one row is."""
    key: tuple[Name, ...]
    """Columns that together name a row."""
    column: tuple[RecordColumn, ...]


class Records(Frozen):
    """The department's tables: `records.toml`."""

    table: tuple[RecordTable, ...]

    def get(self, name: str) -> RecordTable:
        return next(t for t in self.table if t.name == name)
