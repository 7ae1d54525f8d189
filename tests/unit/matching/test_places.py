"""Whether enough whole places took part is said before any outcome is opened."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from likeforlike.errors import InputProblem, Refused
from likeforlike.estimates import estimate_effects
from likeforlike.labs import load_lab
from likeforlike.matching import match
from likeforlike.matching.places import TOO_FEW, check_place, require_places
from likeforlike.outcomes import open_outcomes
from support.regional_world import plan_with, regional_world

LAB = load_lab("justice")


def matched(own: list[float], others: list[float], place: str | None = "region"):
    """A match with one row a place and group, of this weight."""
    rows = [(f"o{i}", True, w) for i, w in enumerate(own)] + [
        (f"p{i}", False, w) for i, w in enumerate(others)
    ]
    frame = pl.DataFrame(rows, schema=["region", "treated", "weight"], orient="row")
    return SimpleNamespace(place=place, frame=frame)


@pytest.mark.parametrize("place", ["sex", "nationality"])
def test_a_covariate_that_tells_two_apart_is_no_place(place):
    with pytest.raises(
        InputProblem, match=f"'{place}', which tells only 2 apart, and at least 3 places are needed"
    ):
        check_place(plan_with(place=place), LAB)


@pytest.mark.parametrize("place", ["ethnicity", "region", None])
def test_a_covariate_that_may_tell_enough_apart_is_left_to_the_records(place):
    check_place(plan_with(place=place), LAB)


@pytest.mark.parametrize(
    ("own", "others", "enough"),
    [
        ([5.0, 5, 5], [4.0, 4, 4], True),
        ([5.0, 5], [4.0] * 9, False),
        ([5.0] * 9, [4.0, 4], False),
        ([5.0, 5, 5, 0], [4.0, 4, 0, 0], False),
        ([90.0, 1, 1, 1], [4.0] * 9, False),
        ([6.0, 3, 3], [4.0] * 9, True),
    ],
)
def test_three_places_of_similar_size_on_either_side_are_enough(own, others, enough):
    if enough:
        require_places(matched(own, others))
        return
    with pytest.raises(Refused) as refused:
        require_places(matched(own, others))
    assert str(refused.value) == TOO_FEW
    assert refused.value.detail.startswith("Too few places: participants of ")


def test_nobody_is_stopped_where_people_took_part_one_by_one():
    require_places(matched([1.0], [1.0], place=None))


def test_the_sentence_says_how_many_and_what_to_do_in_25_words():
    assert len(TOO_FEW.split()) <= 25
    assert "At least 3 places" in TOO_FEW
    assert "send a list from more places" in TOO_FEW


@pytest.mark.parametrize(("regions", "enough"), [(1, False), (2, False), (4, True), (6, True)])
def test_what_is_let_through_has_an_error_and_what_is_not_has_none(regions, enough):
    world = regional_world(regions=regions)
    found = match(world.sample(), plan_with(place="region"))
    if enough:
        require_places(found)
    else:
        with pytest.raises(Refused):
            require_places(found)
    frame = estimate_effects(found, open_outcomes(found, world.engine), ("reoffended",)).frame
    assert np.isfinite(frame["p_value"][0]) == enough
    assert np.isfinite(frame["detectable"][0]) == enough
    assert frame["places"][0] == regions
