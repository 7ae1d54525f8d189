"""Links as linkage would give them, for people whose records a test wrote itself."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow


@dataclass(frozen=True)
class FakeCohort:
    lab: Lab
    people: pl.DataFrame


@dataclass(frozen=True)
class FakeLinks:
    cohort: FakeCohort
    frame: pl.DataFrame
    flow: Flow


def links_to(*people: dict, lab: Lab | None = None) -> FakeLinks:
    """Links of the given people (`person_id` and any dates of the lab's columns), each found for certain."""
    lab = lab or load_lab("justice")
    columns = {c.name: pl.Date if c.kind == "date" else pl.String for c in lab.columns.column}
    rows = [{c: person.get(c) for c in columns} for person in people]
    listed = pl.DataFrame(rows, schema=columns).with_row_index("participant").cast({"participant": pl.Int64})
    frame = listed.select(
        "participant", pl.Series("person_id", [p["person_id"] for p in people], dtype=pl.String)
    )
    return FakeLinks(FakeCohort(lab, listed), frame, Flow.start(len(people)))


def every_name(register) -> pl.DataFrame:
    """All standardised name records of a register."""
    names = register.lookup.names
    return names.take(pl.Series(range(len(names)), dtype=pl.Int64))
