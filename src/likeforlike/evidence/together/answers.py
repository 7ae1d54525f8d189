"""The releases of several labs about one programme as one result; nothing is added up over labs.

Each lab linked its own records and released on its own. Whether the same people were found in two labs is known to
nobody, so that no figure here is about both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from likeforlike.disclosure.release import Release
from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab
from likeforlike.report.words import Words, headline


@dataclass(frozen=True, slots=True)
class Told:
    """What one lab says: its answer, and a sentence and figures for each of its measures."""

    lab: str
    title: str
    department: str
    refused: bool
    answer: str
    months: int
    analysed: int | None
    """To the nearest that the lab rounds to; `None` where it is hidden."""
    measures: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """One programme in several labs."""

    programme: str
    provider: str
    told: tuple[Told, ...]

    def summary(self) -> str:
        """Each lab's answer."""
        return "\n".join([self.programme, *(f"  {one.title}: {one.answer}" for one in self.told)])

    def to_frame(self) -> pl.DataFrame:
        """One row a lab and measure: figures as released, the result in words."""
        rows = [{"lab": one.lab, **row} for one in self.told for row in one.measures]
        return pl.DataFrame(rows, schema={"lab": pl.String, **COLUMNS})

    def to_dict(self) -> dict[str, Any]:
        """The same, ready for JSON."""
        return {
            "programme": self.programme,
            "provider": self.provider,
            "labs": [
                {
                    "lab": one.lab,
                    "refused": one.refused,
                    "answer": one.answer,
                    "months": one.months,
                    "analysed": one.analysed,
                }
                for one in self.told
            ],
            "measures": self.to_frame().to_dicts(),
        }


COLUMNS = {
    "term": pl.String,
    "measure": pl.String,
    "headline": pl.Boolean,
    "unit": pl.String,
    "decimals": pl.Int64,
    "treatment": pl.Float64,
    "comparison": pl.Float64,
    "difference": pl.Float64,
    "conf_low": pl.Float64,
    "conf_high": pl.Float64,
    "significant": pl.Boolean,
    "result": pl.String,
}


def together(released: Sequence[tuple[Release, Lab]]) -> Together:
    """Put releases about one programme beside each other, in the order given.

    Raises
    ------
    InputProblem
        There are fewer than two, two are of one lab, or they are about different programmes.
    """
    names = [lab.name for _, lab in released]
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise InputProblem(
            "Give one release each of at least two labs: a lab's own results are put together by synthesise."
        )
    programmes = {(release.programme.name, release.programme.provider) for release, _ in released}
    if len(programmes) > 1:
        raise InputProblem("The releases are about different programmes: give those of one.")
    ((name, provider),) = programmes
    return Together(name, provider, tuple(_told(release, lab) for release, lab in released))


def _told(release: Release, lab: Lab) -> Told:
    refused = release.status == "refused"
    return Told(
        lab=lab.name,
        title=lab.head.title,
        department=lab.head.department,
        refused=refused,
        answer=headline(release, lab),
        months=release.follow_up_months,
        analysed=None if refused or not release.flow else release.flow[-1].remaining,
        measures=() if refused else _measures(release, lab),
    )


def _measures(release: Release, lab: Lab) -> tuple[dict[str, Any], ...]:
    words = Words(release, lab)
    return tuple(
        {
            "term": f.row.name,
            "measure": f.row.statistical_label,
            "result": words.result(f),
            **{key: getattr(f.row, key) for key in COLUMNS if key not in ("term", "measure", "result")},
        }
        for f in words.findings
    )
