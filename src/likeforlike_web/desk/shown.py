"""Figures of the vault as the desk prints them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a study's table: its name there, what the page calls it, and how it is printed."""

    name: str
    title: str
    say: Callable[[Any], str] | None = None
    """Nothing for text."""

    @property
    def numeric(self) -> bool:
        """Whether it is aligned as a number."""
        return self.say is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, and whether it is aligned as a number."""

    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A table ready to be drawn."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def count(value: Any) -> str:
    """A whole number."""
    return f"{value:,.0f}"


def percent(value: Any) -> str:
    """A share as a percentage."""
    return f"{100 * value:.1f}%"


def three(value: Any) -> str:
    """A number with three decimals."""
    return f"{value:+.3f}" if value < 0 else f"{value:.3f}"


def probability(value: Any) -> str:
    """A p-value."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def significant(value: Any) -> str:
    """A number with four significant figures."""
    return f"{value:,.4g}"


def shown(caption: str, frame: pl.DataFrame | None, columns: tuple[Column, ...], note: str = "") -> Shown:
    """A study's table as the page draws it; without rows where the study did not get so far."""
    rows = [] if frame is None else frame.select([column.name for column in columns]).rows()
    written = (
        tuple(_cell(column, value) for column, value in zip(columns, row, strict=True)) for row in rows
    )
    return Shown(caption, columns, tuple(written), note)


def _cell(column: Column, value: Any) -> Cell:
    return Cell(_said(column, value), column.numeric)


def _said(column: Column, value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return NOTHING
    if column.say is not None:
        return column.say(value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).replace("_", " ")
