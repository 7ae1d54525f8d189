"""Makes a twin: the department's tables, a programme's list, and the truth about both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.labs.definition import Lab
from likeforlike.synthetic.crowd import Crowd, Maker
from likeforlike.synthetic.draws import streams
from likeforlike.synthetic.facts import TwinFacts
from likeforlike.synthetic.files import RecordsWriter, all_or_nothing, write_frame, write_json, write_toml
from likeforlike.synthetic.gathering import Gathering
from likeforlike.synthetic.models import history_model
from likeforlike.synthetic.parameters import parsed
from likeforlike.synthetic.people import read_world
from likeforlike.synthetic.people.identifiers import identifiers_of
from likeforlike.synthetic.people.settings import PeopleSettings
from likeforlike.synthetic.programme.settings import ProgrammeSettings
from likeforlike.synthetic.spreadsheet import listed_people, write_programme
from likeforlike.synthetic.truth import mean_effects, participants_table, who_and_when
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
        Folder for `records/`, `programme/` and `truth/`; they appear, or replace earlier ones, when
        all is done.
    effect
        Mean effect of the programme on the headline rate of those analysed, as a difference of shares (-0.07
        is 7 percentage points fewer); the lab's own if not given.
    participants
        People on the provider's list who are in the records (about); the lab's own if not given.
    replicates
        How often each participant's future is simulated for the truth.
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
    world = read_world(identifiers_of(lab))
    settings = parsed(PeopleSettings, "people", lab.synthetic.people)
    settings.check("people", [identifier.name for identifier in world.identifiers])
    maker = Maker(settings, world, history_model(lab, world.places.region), seed)
    programme = parsed(ProgrammeSettings, "programme", lab.synthetic.programme)
    programme.sheet.check("programme.sheet", [identifier.name for identifier in world.identifiers])
    wanted = participants or min(programme.participants, round(programme.largest_share * people))
    effect = programme.effect if effect is None else effect
    with all_or_nothing(out) as folder:
        gathering = Gathering(maker, programme, people, wanted)
        with RecordsWriter(lab, folder / "records") as writer:
            crowd, told, ratio = _write_records(gathering, writer, effect, replicates, progress)
        write_toml(folder / "records" / "extract.toml", {"vintage": maker.model.vintage.isoformat()})
        progress("Writing the programme's list")
        listing = listed_people(
            crowd.people, told, maker, programme=programme, first_index=people, rng=_stream(seed, LISTING)
        )
        made, rng = maker.model.vintage, _stream(seed, CELLS)
        rows = write_programme(listing, programme, folder / "programme", made, rng)
        facts = TwinFacts(
            lab=lab.name,
            people=people,
            seed=seed,
            vintage=maker.model.vintage,
            rows=dict(writer.rows),
            listed=len(rows),
            participants=len(told),
            analysable=int(told["analysable"].sum()),
            effect_wanted=effect,
            hazard_ratio=ratio,
            folder=out,
            **mean_effects(told),
        )
        write_frame(folder / "truth" / "participants.parquet", participants_table(told, rows))
        write_frame(folder / "truth" / "rows.parquet", rows)
        write_json(folder / "truth" / "truth.json", facts.to_dict())
    return facts


def _write_records(
    gathering: Gathering, writer: RecordsWriter, effect: float, replicates: int, progress: Progress
) -> tuple[Crowd, pl.DataFrame, float]:
    """Write everybody's records; the people who took part, the truth about them and the hazard ratio."""
    maker = gathering.maker
    for tables in gathering.portions(progress):
        writer.write(tables)
    progress("Simulating the programme's effect")
    group = gathering.participants()
    histories, effects, ratio = maker.model.take_part(
        group.crowd.lives,
        group.crowd.histories,
        group.chosen,
        effect=effect,
        replicates=replicates,
        seed=maker.seed,
        rng=_stream(maker.seed, EFFECT),
    )
    crowd = replace(group.crowd, histories=histories)
    writer.write(writer.sorted_by_key([gathering.last, maker.tables(crowd, PROGRAMME)]))
    return crowd, who_and_when(effects, group, maker.model), ratio


def _stream(seed: int, part: int) -> np.random.Generator:
    return streams(seed, PROGRAMME, part)
