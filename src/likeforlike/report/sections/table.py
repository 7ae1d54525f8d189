"""A table as the page shows it: caption, headed columns, and rows that start with their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a common name, which is empty when there is but one group; a mark says what they are."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of text cells; `numeric` columns are set to the right."""

    caption: str
    columns: tuple[str, ...]
    numeric: frozenset[int]
    groups: tuple[Group, ...]


def page_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int] = ()
) -> PageTable:
    """A table with one group of rows."""
    group = Group("", tuple(tuple(row) for row in rows))
    return PageTable(caption, tuple(columns), frozenset(numeric), (group,))
