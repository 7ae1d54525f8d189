"""Covariates use nothing that was dealt with after the index date, and no outcome is among them."""

from datetime import date

import polars as pl

from likeforlike.followup import follow_up
from likeforlike.followup.sample import UNIT_COLUMNS
from likeforlike.labs import load_lab
from support.justice_world import World
from support.links import links_to

D = date
PERSON = {"person_id": "a", "conviction_date": D(2021, 3, 1)}


def history(*later: date) -> World:
    world = World()
    world.person("a")
    world.sentenced("a", D(2019, 6, 1), kind="custody", index=D(2019, 7, 1))
    world.sentenced("a", D(2020, 6, 1))
    world.sentenced("a", D(2021, 3, 1), offence_group="robbery")
    for disposed in later:
        world.sentenced("a", disposed, offence_date=D(2021, 1, 1))
    return world


def covariates(world: World) -> dict:
    return follow_up(links_to(PERSON), world.engine()).frame.row(0, named=True)


def test_what_was_known_is_counted():
    found = covariates(history())
    assert (found["previous_sanctions"], found["previous_custody"], found["previous_orders"]) == (2, 1, 1)
    assert (found["previous_offences"], found["recent_offences"]) == (2, 2)
    assert (found["index_offence"], found["index_kind"], found["no_previous"]) == (
        "robbery",
        "court order",
        False,
    )


def test_an_offence_committed_before_but_dealt_with_after_is_not_known():
    assert covariates(history(D(2021, 3, 2), D(2021, 12, 1))) == covariates(history())


def test_the_sample_has_the_labs_covariates_and_no_outcome():
    lab = load_lab("justice")
    frame = follow_up(links_to(PERSON), history().engine()).frame
    assert frame.columns == [*UNIT_COLUMNS, *(c.name for c in lab.covariates.covariate)]
    outcomes = {m.column for m in lab.outcomes.measure}
    assert not outcomes & set(frame.columns)
    assert frame.schema["treated"] == pl.Boolean
