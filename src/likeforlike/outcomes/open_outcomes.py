"""The outcomes of everyone in a sealed match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab

if TYPE_CHECKING:
    from likeforlike.matching.matched import Matched
    from likeforlike.records.engine import Engine


@dataclass(frozen=True, slots=True, repr=False)
class Outcomes:
    """Follow-up results of the matched units.

    `frame` has one row a unit with weight, sorted by `event_id`: `event_id`, then the columns of the lab's
    `outcomes.sql`. It never leaves the vault.
    """

    lab: Lab
    seal: str
    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Outcomes: {self.frame.height:,} people>"

    def summary(self) -> str:
        return f"Outcomes opened for {self.frame.height:,} people, for the match sealed as {self.seal[:12]}."

    def to_frame(self) -> pl.DataFrame:
        return pl.DataFrame({"people": [self.frame.height], "seal": [self.seal]})

    def to_dict(self) -> dict[str, Any]:
        return {"people": self.frame.height, "seal": self.seal}


def open_outcomes(matched: Matched, register: Engine) -> Outcomes:
    """Run the lab's outcome query for the matched people.

    Raises
    ------
    SealBroken
        The match was changed after it was sealed.
    LabProblem
        `outcomes.sql` does not give what the measures use, or not for everyone.
    """
    matched.check_seal()
    chosen = matched.frame.filter(pl.col("weight") > 0).select("event_id", "person_id", "index_date")
    return Outcomes(matched.lab, matched.seal, outcomes_of(chosen, matched.lab, register))


def outcomes_of(chosen: pl.DataFrame, lab: Lab, register: Engine) -> pl.DataFrame:
    """What happened to the people of `chosen` (`event_id person_id index_date`): one row each, by `event_id`."""
    follow_up = lab.head.follow_up
    window = {"months": follow_up.months, "settle_months": follow_up.settle_months}
    found = register.query(lab.sql.outcomes, window, chosen=chosen)
    wanted = sorted({c for m in lab.outcomes.measure for c in (m.column, m.event, m.base) if c})
    for column in wanted:
        if column not in found.columns:
            raise LabProblem(f"sql/outcomes.sql does not give '{column}', which outcomes.toml uses: add it.")
    if found["event_id"].n_unique() != chosen.height or found.height != chosen.height:
        raise LabProblem(
            "sql/outcomes.sql does not give exactly one row for each row of 'chosen': mend its joins."
        )
    return found.select("event_id", *wanted).sort("event_id")
