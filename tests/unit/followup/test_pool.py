"""Who is in the pool, from when, and with what delay to a start."""

from datetime import date, timedelta

import polars as pl

from likeforlike.followup import follow_up
from likeforlike.followup.starts import pool_delays
from support.justice_world import World
from support.links import links_to

D = date


def pool(world: World, *people: dict) -> list[str]:
    sample = follow_up(links_to(*people), world.engine())
    return sample.frame.filter(~pl.col("treated"))["event_id"].to_list()


def test_the_pool_is_everyone_else_with_an_eligible_event_in_the_same_quarters():
    world = World()
    for name in ("participant", "same_quarter", "next_quarter", "fined", "other_year"):
        world.person(name)
    world.sentenced("participant", D(2021, 2, 1))
    world.sentenced("participant", D(2021, 3, 3))
    world.sentenced("same_quarter", D(2021, 3, 31))
    world.sentenced("next_quarter", D(2021, 4, 1))
    world.sentenced("fined", D(2021, 2, 1), kind="fine")
    world.sentenced("other_year", D(2020, 2, 1))
    found = pool(world, {"person_id": "participant", "index_date": D(2021, 2, 1)})
    assert found == ["same_quarter-20210331"]


def test_each_person_counts_once_on_the_first_eligible_event():
    world = World()
    world.person("participant")
    world.person("other")
    world.sentenced("participant", D(2021, 2, 1))
    world.sentenced("other", D(2021, 1, 5), kind="fine")
    world.sentenced("other", D(2021, 1, 20))
    world.sentenced("other", D(2021, 3, 20))
    assert pool(world, {"person_id": "participant", "index_date": D(2021, 2, 1)}) == ["other-20210120"]


def test_an_equally_late_start_removes_early_offenders_from_the_pool_too():
    world = World()
    world.person("participant")
    world.sentenced("participant", D(2021, 2, 1))
    for name, days in (("early", 10), ("late", 40)):
        world.person(name)
        world.sentenced(name, D(2021, 2, 1))
        world.sentenced(name, D(2021, 12, 1), offence_date=D(2021, 2, 1) + timedelta(days=days))
    people = {"person_id": "participant", "index_date": D(2021, 2, 1), "intervention_start": D(2021, 3, 3)}
    assert pool(world, people) == ["late-20210201"]


def test_delays_come_from_alike_participants_and_do_not_depend_on_row_order():
    participants = pl.DataFrame(
        {"event_id": ["p", "q", "r"], "kind": ["x", "x", "y"], "start_days": [5, 7, 90]}
    )
    others = pl.DataFrame({"event_id": [f"e{i}" for i in range(40)], "kind": ["x"] * 20 + ["y"] * 19 + ["z"]})
    drawn = pool_delays(others, participants, like="kind", seed=3)
    assert set(drawn.filter(pl.col("kind") == "x")["start_days"]) == {5, 7}
    assert set(drawn.filter(pl.col("kind") == "y")["start_days"]) == {90}
    assert set(drawn.filter(pl.col("kind") == "z")["start_days"]) <= {5, 7, 90}
    again = pool_delays(others.reverse(), participants.reverse(), like="kind", seed=3)
    assert again.sort("event_id").equals(drawn.sort("event_id"))
