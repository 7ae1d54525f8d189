"""What a check is: a question put to a finished estimate, and a finding with a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import polars as pl

from likeforlike.labs.definition import Measure

if TYPE_CHECKING:
    from likeforlike.checks.evidence import Evidence

Verdict = Literal["holds", "weakened", "overturned", "not_applicable"]
"""`holds`: the check gives no reason to doubt; `weakened`: the result stands on less than it seems; `overturned`: the
check says something else; `not_applicable`: there is nothing to check, or too little to check it with."""

Why = Literal["", "open", "places", "by_lot"]
"""Why nothing was checked, where anybody may know: the result claims nothing, whole places took part, lots decided."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about one measure; for the vault only."""

    check: str
    """Name of the check."""
    term: str
    """The measure it is about."""
    verdict: Verdict
    summary: str
    """One sentence for the lab's staff."""
    figures: Mapping[str, float] = field(default_factory=dict)
    table: pl.DataFrame | None = None
    """First a column `item` of text, then columns of numbers; nothing where the figures say it all."""
    why: Why = ""


class Check(Protocol):
    """A question put to an estimate."""

    @property
    def name(self) -> str:
        """The key that plans use."""

    @property
    def title(self) -> str:
        """What it asks, in words."""

    def applies_to(self, measure: Measure) -> bool:
        """Whether the question makes sense for the measure."""

    def __call__(self, evidence: Evidence) -> Finding:
        """Ask it."""


PLACES = "Whole places took part, and this check takes people for independent."
"""What checks say that cannot count the people of one place as one cluster."""


def about_everyone(measure: Measure) -> bool:
    """Whether the measure counts everyone: those that count only some people describe, and prove nothing."""
    return not measure.descriptive
