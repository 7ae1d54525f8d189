"""Words that every stage shares: the flow of people, and what each stage's result can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import polars as pl

SUBMITTED, NOT_FOUND = "submitted", "not_found"
"""Steps of the flow: the list, and the first step at which the records come in."""

Progress = Callable[[str], None]
"""Called with a sentence as long work moves on."""

EngineName = Literal["duckdb", "spark"]
"""What may run queries over the records."""


def silent(message: str) -> None:
    """A progress listener for callers that do not want to hear."""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """People left after one step, and why the others went."""

    key: str
    reason: str
    remaining: int
    lost: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The count at each step from submitted to analysed: every loss has a reason."""

    steps: tuple[FlowStep, ...]

    @classmethod
    def start(cls, submitted: int) -> Flow:
        return cls((FlowStep(SUBMITTED, "People on the list", submitted, 0),))

    @property
    def remaining(self) -> int:
        return self.steps[-1].remaining

    def then(self, key: str, reason: str, remaining: int) -> Flow:
        """The flow with one more step, after which `remaining` people are left."""
        lost = self.remaining - remaining
        if lost < 0:
            raise ValueError(f"step {key!r} would add {-lost} people to the flow")
        return replace(self, steps=(*self.steps, FlowStep(key, reason, remaining, lost)))

    def to_frame(self) -> pl.DataFrame:
        import polars as pl

        return pl.DataFrame(
            [(s.key, s.reason, s.remaining, s.lost) for s in self.steps],
            schema={"key": pl.String, "reason": pl.String, "remaining": pl.Int64, "lost": pl.Int64},
            orient="row",
        )

    def to_dict(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.to_frame().to_dicts()
        return rows


class StageResult(Protocol):
    """What every stage gives back."""

    def summary(self) -> str:
        """A few lines of text for a person."""

    def to_frame(self) -> pl.DataFrame:
        """The stage's table."""

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready description, without any person."""
