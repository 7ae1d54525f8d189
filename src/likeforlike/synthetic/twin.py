"""Makes a twin: the department's tables, a programme's list, and the truth about both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.labs.definition import Lab
from likeforlike.synthetic.calendar import dates
from likeforlike.synthetic.crowd import Maker
from likeforlike.synthetic.draws import streams
from likeforlike.synthetic.facts import TwinFacts
from likeforlike.synthetic.files import RecordsWriter, write_frame, write_json, write_toml
from likeforlike.synthetic.gathering import Gathering, Group
from likeforlike.synthetic.models import history_model
from likeforlike.synthetic.parameters import parsed
from likeforlike.synthetic.people import read_world
from likeforlike.synthetic.people.settings import PeopleSettings
from likeforlike.synthetic.programme.settings import ProgrammeSettings
from likeforlike.synthetic.spreadsheet import listed_people, write_programme
from likeforlike.terms import Progress, silent

LARGEST = 50_000_000
REPLICATES = 200
EFFECT, LISTING, CELLS = range(3)
PROGRAMME = 1_000_000
"""Number of the random streams of the programme, beyond those of any portion of people."""


def write_twin(
    lab: Lab,
    people: int,
    seed: int,
    out: Path,
    *,
    effect: float | None = None,
    participants: int | None = None,
    replicates: int = REPLICATES,
    progress: Progress = silent,
) -> TwinFacts:
    """Write a synthetic twin of the lab's world.

    Parameters
    ----------
    lab
        A lab with a `synthetic.toml`.
    people
        People in the records.
    seed
        The same lab, people, seed, effect and participants give the same bytes.
    out
        Folder for `records/`, `programme/` and `truth/`.
    effect
        Mean effect of the programme on the one-year rate of those analysed, as a difference of shares (-0.07 is
        7 percentage points fewer); the lab's own if not given.
    participants
        People on the provider's list who are in the records (about); the lab's own if not given.
    replicates
        How often each participant's year is simulated for the truth.
    progress
        Called with a sentence as the work moves on.

    Raises
    ------
    InputProblem
        `people` is out of range, or too few for a programme.
    LabProblem
        The lab has no twin, or its `synthetic.toml` is wrong.
    """
    if not 1_000 <= people <= LARGEST:
        raise InputProblem(f"A twin has between 1,000 and {LARGEST:,} people: choose a number in that range.")
    if lab.synthetic is None:
        raise LabProblem(f"The lab '{lab.name}' has no synthetic.toml: add one to make a synthetic twin.")
    world = read_world()
    settings = parsed(PeopleSettings, "people", lab.synthetic.people)
    maker = Maker(settings, world, history_model(lab, world.places.region), seed)
    programme = parsed(ProgrammeSettings, "programme", lab.synthetic.programme)
    wanted = participants or min(programme.participants, round(programme.largest_share * people))
    effect = programme.effect if effect is None else effect
    with RecordsWriter(lab, out / "records") as writer:
        everyone = Gathering(maker, programme, people, wanted)
        for tables in everyone.portions(progress):
            writer.write(tables)
        progress("Simulating the programme's effect")
        group = everyone.participants()
        histories, truth, ratio = maker.model.take_part(
            group.crowd.lives,
            group.crowd.histories,
            group.chosen,
            effect,
            replicates,
            seed,
            _stream(seed, EFFECT),
        )
        crowd = replace(group.crowd, histories=histories)
        writer.write(writer.sorted_by_key([everyone.last, maker.tables(crowd, PROGRAMME)]))
    write_toml(out / "records" / "extract.toml", {"vintage": maker.model.vintage.isoformat()})
    progress("Writing the programme's list")
    truth = _who_and_when(truth, group, maker)
    listing = listed_people(crowd.people, truth, maker, programme, people, _stream(seed, LISTING))
    rows = write_programme(listing, programme, out / "programme", maker.model.vintage, _stream(seed, CELLS))
    facts = _facts(lab, people, seed, maker, writer, rows, truth, effect, ratio, out)
    _write_truth(out / "truth", truth, rows, facts)
    return facts


def _who_and_when(truth: pl.DataFrame, group: Group, maker: Maker) -> pl.DataFrame:
    """The truth with the people's numbers and their events and dates."""
    ids = group.crowd.people["person_id"]
    events = maker.model.events(ids, group.crowd.histories, group.chosen)
    chosen = group.chosen.select(
        "person",
        dates(group.chosen["index_day"].to_numpy()).alias("index_date"),
        dates(group.chosen["start_day"].to_numpy()).alias("start_date"),
        dates(group.chosen["end_day"].to_numpy()).alias("end_date"),
    )
    analysable = (~pl.col("reoffended_before_start") & ~pl.col("too_recent")).alias("analysable")
    return (
        truth.join(events, on="person", maintain_order="left")
        .join(chosen, on="person", maintain_order="left")
        .with_columns(ids.alias("person_id"), analysable)
    )


def _facts(
    lab: Lab,
    people: int,
    seed: int,
    maker: Maker,
    writer: RecordsWriter,
    rows: pl.DataFrame,
    truth: pl.DataFrame,
    effect: float,
    ratio: float,
    out: Path,
) -> TwinFacts:
    analysed = truth.filter("analysable")
    gain = analysed.select((pl.col("p1") - pl.col("p0")).mean(), e=(pl.col("e1") - pl.col("e0")).mean()).row(
        0
    )
    return TwinFacts(
        lab=lab.name,
        people=people,
        seed=seed,
        vintage=maker.model.vintage,
        rows=dict(writer.rows),
        listed=len(rows),
        participants=len(truth),
        analysable=len(analysed),
        effect_wanted=effect,
        effect=gain[0],
        effect_reoffences=gain[1],
        rate_without=analysed.select(pl.col("p0").mean()).item(),
        hazard_ratio=ratio,
        folder=out,
    )


def _write_truth(folder: Path, truth: pl.DataFrame, rows: pl.DataFrame, facts: TwinFacts) -> None:
    found = (
        rows.drop_nulls("person_id")
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("row").alias("rows"))
    )
    columns = "person_id event_id rows index_date start_date p0 p1 e0 e1 reoffended_before_start too_recent analysable"
    told = truth.join(found, on="person_id", how="left", maintain_order="left").select(columns.split())
    write_frame(folder / "participants.parquet", told.sort("person_id"))
    write_frame(folder / "rows.parquet", rows)
    write_json(folder / "truth.json", facts.to_dict())


def _stream(seed: int, part: int) -> np.random.Generator:
    return streams(seed, PROGRAMME, part)
