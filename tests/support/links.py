"""Links as linkage would give them, for people whose records a test wrote itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.linkage.groups import recorded_levels
from likeforlike.linkage.keys import blocking_rules
from likeforlike.linkage.link import DECISIONS, NO_CANDIDATES, judged
from likeforlike.linkage.links import Links
from likeforlike.terms import Flow
from support.tiny_engine import TinyEngine

VINTAGE = date(2024, 6, 30)
NO_FLOW = Flow(())


@dataclass(frozen=True)
class FakeCohort:
    lab: Lab
    people: pl.DataFrame
    flow: Flow = NO_FLOW
    sha256: str = "0123456789abcdef" * 4


@dataclass(frozen=True)
class FakeLinks:
    cohort: FakeCohort
    frame: pl.DataFrame
    flow: Flow


def links_to(*people: dict, lab: Lab | None = None) -> FakeLinks:
    """Links of the given people (`person_id` and any dates of the lab's columns), each found for certain."""
    cohort = listed_people(*people, lab=lab)
    frame = cohort.people.select(
        "participant", pl.Series("person_id", [p["person_id"] for p in people], dtype=pl.String)
    )
    return FakeLinks(cohort, frame, Flow.start(len(people)))


def listed_people(*people: dict, lab: Lab | None = None) -> FakeCohort:
    """A list of people given by the lab's columns; the first of them is in row 2."""
    lab = lab or load_lab("justice")
    columns = {c.name: pl.Date if c.kind == "date" else pl.String for c in lab.columns.column}
    rows = [{c: person.get(c) for c in columns} for person in people]
    listed = pl.DataFrame(rows, schema=columns).with_row_index("participant").cast({"participant": pl.Int64})
    return FakeCohort(lab, listed.with_columns(row=pl.col("participant") + 2), Flow.start(len(people)))


def candidate(
    participant: int,
    person: str,
    weight: float,
    probability: float = 0.99,
    *,
    record: int = 0,
    named: bool = False,
    borne_out: bool | None = None,
    contradicted: bool = False,
) -> tuple:
    """A row of `candidates_of`; an identifier is borne out unless it is contradicted or the test says otherwise."""
    believed = named and not contradicted if borne_out is None else borne_out
    return (participant, person, float(weight), record, named, believed, contradicted, probability)


def candidates_of(*rows: tuple) -> pl.DataFrame:
    """Candidates as `person_candidates` gives them."""
    return pl.DataFrame(list(rows), schema=NO_CANDIDATES, orient="row")


def linked_list(
    cohort: FakeCohort, candidates: pl.DataFrame, *, vintage: date = VINTAGE, recorded: dict | None = None
) -> tuple[Links, TinyEngine]:
    """The links that the lab's threshold gives, and records that hold no more than what is given."""
    tables = recorded or {"people": pl.DataFrame(schema={"person_id": pl.String, "ethnicity": pl.String})}
    engine = TinyEngine(vintage, tables)
    no_counts = pl.DataFrame(schema={"field": pl.String, "level": pl.Int64, "pairs": pl.Int64})
    levels = recorded_levels(cohort.lab, candidates["person_id"].unique(), engine)
    links = judged(cohort, vintage, levels, candidates, no_counts, pl.DataFrame(schema=DECISIONS))
    return links, engine


def every_name(register) -> pl.DataFrame:
    """All standardised name records of a register."""
    names = register.lookup.names
    return names.take(pl.Series(range(len(names)), dtype=pl.Int64))


def pairs_by_scan(lab: Lab, cohort_names: pl.DataFrame, register) -> pl.DataFrame:
    """`participant, record`: each pair that shares a blocking key, by joins over all names."""
    rules = " union ".join(
        f"select participant, record from (select participant, {_keys(rule)} from listed) l "
        f"join (select record, {_keys(rule)} from recorded) r using ({_columns(rule)})"
        for rule in blocking_rules(lab)
    )
    found = register.query(rules, listed=cohort_names, recorded=every_name(register))
    return found.sort("participant", "record")


def _keys(rule: Sequence[str]) -> str:
    return ", ".join(f"{expression} as key_{i}" for i, expression in enumerate(rule))


def _columns(rule: Sequence[str]) -> str:
    return ", ".join(f"key_{i}" for i in range(len(rule)))
