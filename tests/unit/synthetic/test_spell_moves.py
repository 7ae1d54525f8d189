"""Spells follow one another at the rates that a lab writes down."""

from datetime import date

import numpy as np
import pytest

from likeforlike.errors import LabProblem
from likeforlike.synthetic.calendar import day_number
from likeforlike.synthetic.parameters import parsed
from likeforlike.synthetic.spells import SpellModel
from likeforlike.synthetic.spells.lives import YEAR
from likeforlike.synthetic.spells.settings import SpellSettings

SIZE = 20_000
WORLD = {
    "first_day": date(2015, 1, 1), "vintage": date(2024, 1, 1), "entry_age": 18, "entry_state": "well",
    "initial": {"well": 1}, "oldest": 90, "age_bands": [20, 80], "ages": [1], "trait": {"diabetes": 0.2},
    "table": {"stays": {"key": "stay_id", "start": "admitted", "end": "discharged"}},
    "state": {
        "well": {"move": {"hospital": {"rate": 0.5, "terms": {"diabetes": 1.0}}}},
        "hospital": {
            "table": "stays", "column": {"urgent": {"share": 0.6}}, "move": {"well": {"rate": 36.525}},
        },
    },
    "outcome": {"state": "hospital", "when": "within"}, "help": {"into": {"hospital": 1}},
}  # fmt: skip


def model(**changes):
    return SpellModel(parsed(SpellSettings, "histories", WORLD | changes), ("North", "South"), 12, 1)


@pytest.fixture(scope="module")
def world():
    made, rng = model(), np.random.default_rng(1)
    lives = made.begin(rng.random(SIZE) < 0.5, rng.integers(0, 2, SIZE), rng)
    return made, lives, made.live(lives, rng)


def test_spells_of_a_person_follow_each_other_without_gap(world):
    _, lives, spells = world
    same = spells.person[1:] == spells.person[:-1]
    assert (spells.start[1:][same] == spells.stop[:-1][same]).all()
    assert (spells.state[1:][same] != spells.state[:-1][same]).all()
    assert (spells.start[np.r_[True, ~same]] == lives.begin).all()
    assert (spells.stop > spells.start).all()


def test_rates_are_those_asked_for(world):
    """Days are whole, so a stay of ten days on average is half a day longer."""
    made, lives, spells = world
    past = spells.take(spells.stop <= made.last_day)
    hospital = past.state == 1
    assert (past.stop - past.start)[hospital].mean() == pytest.approx(YEAR / 36.525 + 0.5, rel=0.03)
    for ill in (False, True):
        mine = np.isin(spells.person, np.flatnonzero(lives.traits[:, 0] == ill))
        days = spells.days_between(np.zeros(len(spells)), np.full(len(spells), made.last_day))
        years = days[mine & (spells.state == 0)].sum() / YEAR
        stays = (mine & (spells.state == 1) & (spells.start <= made.last_day)).sum()
        assert stays / years == pytest.approx(0.5 * np.exp(ill), rel=0.04)


def test_a_spell_that_goes_on_has_no_end_in_the_tables(world):
    made, lives, spells = world
    rng = np.random.default_rng(2)
    from likeforlike.synthetic.people.identifiers import person_ids

    stays = made.tables(person_ids(np.arange(SIZE)), lives, spells, rng)["stays"]
    assert set(stays.columns) == {"person_id", "stay_id", "admitted", "discharged", "urgent"}
    assert stays["stay_id"].is_unique().all()
    assert stays["admitted"].max() <= WORLD["vintage"]
    still = (spells.state == 1) & (spells.start <= made.last_day) & (spells.stop > made.last_day)
    assert stays["discharged"].null_count() == still.sum() > 0
    assert stays["urgent"].mean() == pytest.approx(0.6, abs=0.02)


def test_everybody_has_one_month_from_which_to_join(world):
    made, lives, spells = world
    days = day_number(date(2021, 1, 10)), day_number(date(2022, 6, 30))
    found = made.candidates(lives, spells, ["well"], days)
    assert found["person"].is_unique().all()
    assert found["index_day"].n_unique() == 17
    assert found["well_days"].max() <= 731
    assert found["hospital_spells"].mean() > 0.5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"entry_state": "home"}, "'home' is not a state"),
        ({"help": {"into": {"wel": 1}}}, "'wel' is not a state"),
        ({"table": {}}, "the table 'stays' has no entry"),
        ({"ages": [1, 2]}, "one weight for each age band"),
        ({"trait": {}}, "'diabetes' is not a term"),
        ({"speed": 1}, "no key 'histories.speed'"),
    ],
)
def test_a_mistake_in_the_world_is_one_sentence(changes, sentence):
    with pytest.raises(LabProblem, match=sentence) as problem:
        model(**changes)
    assert str(problem.value).startswith("synthetic.toml: ")
    assert "\n" not in str(problem.value)
