"""A library: results that can be put together, those that cannot and why, and what became of every request."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

Better = Literal["lower", "higher"] | None
Why = Literal[
    "no_figures",
    "no_interval",
    "no_spread",
    "withheld",
    "refused",
    "part_of",
    "other_measure",
    "other_period",
    "replaced",
]
Origin = Literal["error", "interval", "rates"]
GROUPINGS = ("kind", "setting", "population")
"""What results may be grouped by."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the estimates are of."""

    name: str
    label: str
    unit: str
    decimals: int
    better: Better
    months: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Whose result it is; empty where the library does not say."""

    programme: str
    provider: str = ""
    published: str = ""
    """As the library has it."""
    kind: str = ""
    setting: str = ""
    population: str = ""
    part_of: str = ""
    """The programme of which this is a part, so that its people would count twice."""

    @property
    def name(self) -> str:
        return self.programme if not self.provider else f"{self.programme}, {self.provider}"


@dataclass(frozen=True, slots=True)
class Result:
    """One programme's difference, treatment minus comparison, in the measure's unit."""

    about: About
    when: str
    """Year and month of publication, as `2014-07`; empty if not known."""
    n: int | None
    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    origin: Origin
    """What the standard error was taken from."""
    significant: bool | None = None
    limit: float | None = None
    """What its z-value must be beyond, where it is one of several looks that were declared beforehand."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A result that cannot be put together with the others."""

    about: About
    why: Why
    significant: bool | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What became of an accepted request."""

    programme: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Library:
    """All that is known of one measure; `requests` is empty where the library does not list them."""

    title: str
    measured: Measured
    results: tuple[Result, ...]
    left_out: tuple[LeftOut, ...] = ()
    requests: tuple[Request, ...] = ()
    lineages: tuple[tuple[Result, ...], ...] = ()
    """Programmes with more than one release: all their results, earliest first."""

    @property
    def unpublished(self) -> tuple[Request, ...]:
        """Accepted requests without a result that anybody can read."""
        return tuple(r for r in self.requests if r.status != "published")

    def summary(self) -> str:
        """What there is, in a few lines."""
        lines = [f"{len(self.results)} results on {self.measured.label} can be put together."]
        counted = Counter(left.why for left in self.left_out)
        lines += [f"  {count} left out: {why.replace('_', ' ')}" for why, count in sorted(counted.items())]
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        """A row for each result."""
        rows = [
            {
                "programme": r.about.programme,
                "provider": r.about.provider,
                "published": r.about.published,
                **{name: getattr(r.about, name) for name in GROUPINGS},
                "n": r.n,
                "estimate": r.estimate,
                "std_error": r.std_error,
                "conf_low": r.conf_low,
                "conf_high": r.conf_high,
                "origin": r.origin,
            }
            for r in self.results
        ]
        return pl.DataFrame(rows, schema=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "title": self.title,
            "measure": self.measured.name,
            "unit": self.measured.unit,
            "results": self.to_frame().to_dicts(),
            "left_out": [{"programme": left.about.programme, "why": left.why} for left in self.left_out],
            "requests": len(self.requests),
            "unpublished": [
                {"programme": r.programme, "status": r.status, "reason": r.reason} for r in self.unpublished
            ],
        }


SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("programme", "provider", "published", *GROUPINGS), pl.String),
    "n": pl.Int64,
    **dict.fromkeys(("estimate", "std_error", "conf_low", "conf_high"), pl.Float64),
    "origin": pl.String,
}
