"""Selection uses the covariates exactly as the lab will measure them: nothing is hidden."""

import duckdb
import polars as pl
import pytest

from likeforlike.synthetic.calendar import day_number
from likeforlike.synthetic.crowd import Maker
from likeforlike.synthetic.models import history_model
from likeforlike.synthetic.parameters import parsed
from likeforlike.synthetic.people import read_world
from likeforlike.synthetic.people.identifiers import identifiers_of
from likeforlike.synthetic.people.settings import PeopleSettings
from likeforlike.synthetic.programme.settings import ProgrammeSettings


@pytest.fixture(scope="module")
def both(lab):
    """Candidates as the twin knows them, and the covariates of the same events by the lab's query."""
    world = read_world(identifiers_of(lab))
    people = parsed(PeopleSettings, "people", lab.synthetic.people)
    programme = parsed(ProgrammeSettings, "programme", lab.synthetic.programme)
    maker = Maker(people, world, history_model(lab, world.places.region), 3)
    crowd = maker.crowd(0, 0, 15_000)
    days = (day_number(programme.first_day), day_number(programme.last_day))
    known = maker.model.candidates(crowd.lives, crowd.histories, programme.kinds, days)
    persons = crowd.people.with_row_index("person").cast({"person": pl.Int64})
    index_date = pl.col("index_day").cast(pl.Int32).cast(pl.Date)
    known = known.join(persons, on="person").with_columns(index_date=index_date)
    connection = duckdb.connect()
    for name, frame in maker.tables(crowd, 0).items():
        connection.register(f"{name}_frame", frame)
        connection.execute(f"create table {name} as select * from {name}_frame")
    connection.register("known", known.select("person_id", "index_date", "previous_sanctions"))
    connection.execute(f"create table event as {lab.sql.events}")
    connection.execute("""
        create table chosen_event as
        select event.* from event join known using (person_id, index_date)
        where not breach_only and kind in ('custody', 'court order', 'caution')
    """)
    connection.execute("create table chosen as select event_id, person_id, index_date from chosen_event")
    table = connection.sql(f"select * from ({lab.sql.covariates}) join chosen using (event_id)")
    measured = pl.DataFrame(table.to_arrow_table())
    return known, measured


def test_every_selection_covariate_is_one_of_the_labs(lab):
    selection = lab.synthetic.programme["selection"]
    declared = {c.name for c in lab.covariates.covariate}
    assert {*selection["number"], *selection["category"]} <= declared


def test_covariates_are_those_that_the_lab_measures(lab, both):
    known, measured = both
    shared = [c.name for c in lab.covariates.covariate if c.name in known.columns]
    assert len(shared) >= 13
    keys = ["person_id", "index_date"]
    joined = known.join(measured, on=keys, suffix="_measured")
    assert len(joined) == len(known) > 500
    for name in shared:
        ours, theirs = joined[name], joined[f"{name}_measured"]
        if ours.dtype.is_float():
            assert (ours - theirs).abs().max() < 1e-6, name
        else:
            assert (ours == theirs).all(), name
