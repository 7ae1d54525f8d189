"""What every section of a synthesis works with."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.evidence.pages.amounts import Amounts
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.synthesis.synthesise import Synthesis

SMALLEST_P = 0.001


@dataclass(frozen=True, slots=True)
class Context:
    """The synthesis, its words, and how its differences are said."""

    synthesis: Synthesis
    text: Text
    amounts: Amounts

    @property
    def label(self) -> str:
        return self.synthesis.library.measured.label

    @property
    def unit(self) -> str:
        return self.synthesis.library.measured.unit


def context_of(synthesis: Synthesis) -> Context:
    """One decimal more than a result has, for a mean knows more than each of its parts."""
    text = Text("synthesis")
    measured = synthesis.library.measured
    decimals = measured.decimals + (measured.decimals == 0)
    return Context(synthesis, text, Amounts(text, measured.unit, decimals))


def p_text(value: float) -> str:
    """A p-value to three decimals."""
    return f"{value:.3f}" if value >= SMALLEST_P else f"<{SMALLEST_P}"
