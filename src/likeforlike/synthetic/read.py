"""Reads the truth about a twin, for checks of the whole lab against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a twin's programme.

    Attributes
    ----------
    participants
        One row for each person on the list who is in the records: `person_id, event_id, index_date,
        start_date, rows` (their rows in the spreadsheet), `p0, p1` (chance of the headline outcome
        without and with the programme, given none before the start), `e0, e1` (expected reoffences, or days),
        `before_start` (an outcome then), `too_recent`, `analysable`.
    rows
        `row` of the spreadsheet and `person_id`, null for people who are not in the records.
    facts
        The twin's facts, as `TwinFacts.to_dict` gives them.
    """

    participants: pl.DataFrame
    rows: pl.DataFrame
    facts: dict[str, Any]

    @property
    def effect(self) -> float:
        """Mean true effect on the headline rate of those who can be analysed."""
        return float(self.facts["effect"])

    def effect_on(self, people: pl.Series) -> float:
        """Mean true effect on the headline rate of these people (`person_id`), as far as they took part."""
        some = self.participants.filter(pl.col("person_id").is_in(people.implode()))
        return float((some["p1"] - some["p0"]).mean() or 0.0)  # type: ignore[arg-type]


def read_truth(folder: Path | str) -> Truth:
    """Read the folder `truth` of a twin, or the twin's own folder.

    Raises
    ------
    InputProblem
        It is neither.
    """
    folder = Path(folder)
    folder = folder if (folder / "truth.json").exists() else folder / "truth"
    if not (folder / "truth.json").is_file():
        raise InputProblem(
            f"There is no truth of a twin in '{folder.parent.name}': give the folder of a twin."
        )
    return Truth(
        participants=pl.read_parquet(folder / "participants.parquet"),
        rows=pl.read_parquet(folder / "rows.parquet"),
        facts=json.loads((folder / "truth.json").read_text(encoding="utf-8")),
    )


def is_twin(folder: Path, lab: Lab, *, people: int, seed: int) -> bool:
    """Whether the folder holds the twin of this lab with these people and this seed, whole."""
    try:
        facts = read_truth(folder).facts
    except InputProblem:
        return False
    return (facts["lab"], facts["people"], facts["seed"]) == (lab.name, people, seed)
