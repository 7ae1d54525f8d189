"""Which event a participant's dates choose, and why participants are lost."""

from datetime import date

import polars as pl
import pytest

from likeforlike.followup import Sample, follow_up
from support.justice_world import World
from support.links import links_to

D = date


def followed(world: World, *people: dict) -> Sample:
    return follow_up(links_to(*people), world.engine())


def chosen(sample: Sample) -> list[str]:
    return sample.frame.filter(pl.col("treated"))["event_id"].to_list()


def losses(sample: Sample) -> dict[str, int]:
    return {s.key: s.lost for s in sample.flow.steps if s.lost}


@pytest.fixture
def world() -> World:
    world = World()
    world.person("a")
    world.sentenced("a", D(2021, 3, 1))
    world.sentenced("a", D(2021, 9, 1), index=D(2022, 1, 10), kind="custody")
    return world


def test_the_release_date_given_chooses_the_nearest_release(world):
    sample = followed(world, {"person_id": "a", "index_date": D(2022, 1, 12)})
    assert chosen(sample) == ["a-20210901"]


def test_a_release_date_more_than_a_week_off_fits_nothing(world):
    sample = followed(world, {"person_id": "a", "index_date": D(2022, 1, 18)})
    assert losses(sample) == {"no_event": 1}


def test_a_conviction_date_chooses_its_sentence(world):
    sample = followed(world, {"person_id": "a", "conviction_date": D(2021, 3, 1)})
    assert chosen(sample) == ["a-20210301"]


def test_a_programme_begun_in_prison_is_followed_from_the_release(world):
    sample = followed(world, {"person_id": "a", "intervention_start": D(2021, 11, 5)})
    assert chosen(sample) == ["a-20210901"]


def test_a_programme_in_the_community_belongs_to_the_latest_event_of_six_months(world):
    sample = followed(world, {"person_id": "a", "intervention_start": D(2022, 2, 1)})
    assert chosen(sample) == ["a-20210901"]
    sample = followed(world, {"person_id": "a", "intervention_start": D(2021, 5, 1)})
    assert chosen(sample) == ["a-20210301"]
    sample = followed(world, {"person_id": "a", "intervention_start": D(2023, 2, 1)})
    assert losses(sample) == {"no_event": 1}


def test_eighteen_months_must_have_passed(world):
    world.vintage = D(2023, 7, 9)
    assert losses(followed(world, {"person_id": "a", "index_date": D(2022, 1, 10)})) == {"too_recent": 1}
    world.vintage = D(2023, 7, 10)
    assert losses(followed(world, {"person_id": "a", "index_date": D(2022, 1, 10)})) == {}


def test_fines_and_breaches_are_not_followed():
    world = World()
    world.person("a")
    world.person("b")
    world.sentenced("a", D(2021, 3, 1), kind="fine")
    world.sentenced("b", D(2021, 3, 1), breach=True)
    sample = followed(
        world,
        {"person_id": "a", "index_date": D(2021, 3, 1)},
        {"person_id": "b", "index_date": D(2021, 3, 1)},
    )
    assert losses(sample) == {"out_of_scope": 1, "breach_only": 1}


def test_an_eligible_event_is_chosen_before_a_nearer_one_out_of_scope():
    world = World()
    world.person("a")
    world.sentenced("a", D(2021, 3, 1), kind="fine")
    world.sentenced("a", D(2021, 3, 4))
    assert chosen(followed(world, {"person_id": "a", "index_date": D(2021, 3, 1)})) == ["a-20210304"]


def test_whoever_offends_before_the_programme_begins_is_lost():
    world = World()
    for name, offence in (("before", D(2021, 3, 20)), ("same_day", D(2021, 4, 1)), ("after", D(2021, 4, 2))):
        world.person(name)
        world.sentenced(name, D(2021, 3, 1))
        world.sentenced(name, D(2021, 8, 1), offence_date=offence)
    people = [
        {"person_id": n, "conviction_date": D(2021, 3, 1), "intervention_start": D(2021, 4, 1)}
        for n in ("before", "same_day", "after")
    ]
    sample = followed(world, *people)
    assert losses(sample) == {"before_start": 1}
    assert chosen(sample) == ["after-20210301", "same_day-20210301"]


def test_the_flow_adds_up(world):
    sample = followed(world, {"person_id": "a", "index_date": D(2022, 1, 12)})
    first, last = sample.flow.steps[0], sample.flow.steps[-1]
    assert first.remaining - sum(s.lost for s in sample.flow.steps) == last.remaining


def test_nobody_linked_gives_an_empty_sample(world):
    sample = followed(world)
    assert sample.frame.height == 0
    assert sample.flow.remaining == 0
