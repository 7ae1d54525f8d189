"""A row of a table that people keep: cells by the name of their column, each mistake named by line and column."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from likeforlike.errors import InputProblem

MONTH = re.compile(r"\b(\d{4})(?:-(\d\d))?")
TRUE, FALSE = ("yes", "true", "1"), ("no", "false", "0")


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a line; empty ones count as missing."""

    file: str
    line: int
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        return (self.values.get(column) or "").strip()

    def number(self, column: str) -> float | None:
        """A number, or nothing where the cell is empty.

        Raises
        ------
        InputProblem
            The cell holds something else.
        """
        told = self.text(column).replace("\N{MINUS SIGN}", "-").replace(",", "").removesuffix("%")
        if not told:
            return None
        try:
            value = float(told)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.problem(
                column, f"holds '{self.text(column)}', which is no number: correct it or empty it"
            )
        return value

    def count(self, column: str) -> int | None:
        """A whole number of at least 1, or nothing.

        Raises
        ------
        InputProblem
            The cell holds something else.
        """
        value = self.number(column)
        if value is None:
            return None
        if value < 1 or value != int(value):
            raise self.problem(
                column, f"holds '{self.text(column)}', which is no number of people: correct it"
            )
        return int(value)

    def truth(self, column: str) -> bool | None:
        """Yes or no, or nothing.

        Raises
        ------
        InputProblem
            The cell holds something else.
        """
        told = self.text(column).lower()
        if told and told not in TRUE + FALSE:
            raise self.problem(column, f"holds '{self.text(column)}': write yes, no or nothing")
        return told in TRUE if told else None

    def problem(self, column: str, what: str) -> InputProblem:
        return InputProblem(f"{self.file}, line {self.line}: the column '{column}' {what}.")


def month_of(told: str) -> str:
    """The last year, with its month if there is one, that a text names: `by 2014-01` becomes `2014-01`."""
    found = MONTH.findall(told)
    return "-".join(part for part in found[-1] if part) if found else ""
