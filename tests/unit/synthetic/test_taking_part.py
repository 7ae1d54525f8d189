"""Who takes part in the programme, and when they start."""

import numpy as np
import polars as pl
import pytest

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.labs import load_lab
from likeforlike.synthetic.calendar import day_number
from likeforlike.synthetic.programme.selection import choose, first_events, intercepts, predictor
from likeforlike.synthetic.programme.settings import ProgrammeSettings, Selection
from likeforlike.synthetic.programme.starts import LONGEST_BEFORE, with_dates

PROGRAMME = ProgrammeSettings.model_validate(load_lab("justice").synthetic.programme)
TERMS = Selection.model_validate(
    {"number": {"age": {"centre": 30, "scale": 10, "slope": 1.0}}, "category": {"sex": {"female": 0.5}}}
)
SIMPLE = PROGRAMME.model_copy(update={"selection": TERMS})
FIRST = day_number(PROGRAMME.first_day)


def events(size: int = 20_000, seed: int = 1) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "person": np.sort(rng.integers(0, size, size)),
            "index_day": FIRST + rng.integers(-100, 900, size),
            "age": rng.uniform(18, 50, size),
            "sex": rng.choice(["male", "female"], size),
        }
    ).sort("person", "index_day")


def test_predictor_adds_numbers_and_levels():
    frame = pl.DataFrame({"age": [30.0, 40.0], "sex": ["female", "male"]})
    assert predictor(frame, TERMS).tolist() == [0.5, 1.0]


def test_a_covariate_that_nobody_knows_is_named():
    with pytest.raises(LabProblem, match="'shoe_size'"):
        predictor(events(10), Selection.model_validate({"number": {"shoe_size": {"centre": 0, "scale": 1}}}))


def test_everybody_has_one_chance_in_the_programmes_years():
    first = first_events(events(), PROGRAMME)
    assert first["person"].is_unique().all()
    days = first["index_day"]
    main = days.is_between(FIRST, day_number(PROGRAMME.last_day))
    other = days.is_between(day_number(PROGRAMME.other_first_day), day_number(PROGRAMME.other_last_day))
    assert (main | other).all()


def test_as_many_take_part_as_wanted_and_those_with_higher_odds_more():
    pool = first_events(events(), SIMPLE)
    chosen = choose(pool, intercepts(pool, 1_000, SIMPLE), SIMPLE, np.random.default_rng(2))
    assert len(chosen) == pytest.approx(1_000, abs=100)
    assert chosen["age"].mean() > pool["age"].mean() + 3
    main = chosen["index_day"].is_between(FIRST, day_number(SIMPLE.last_day))
    assert (~main).mean() == pytest.approx(SIMPLE.other_years, abs=0.02)


def test_too_many_participants_are_refused():
    pool = first_events(events(1_000), SIMPLE)
    with pytest.raises(InputProblem, match="fewer participants"):
        intercepts(pool, 10_000, SIMPLE)


def test_prison_starts_lie_within_the_sentence_and_others_after_the_index_date():
    chosen = pl.DataFrame(
        {"index_day": [1_000] * 4_000, "free_from": [100] * 1_000 + [995] * 1_000 + [None] * 2_000}
    )
    dated = with_dates(chosen, PROGRAMME, np.random.default_rng(3))
    lag = dated["start_day"] - dated["index_day"]
    long, short = lag[:1_000], lag[1_000:]
    assert (long < 0).mean() == pytest.approx(PROGRAMME.before_release, abs=0.05)
    assert long.min() >= -LONGEST_BEFORE
    assert short.min() == 0
    assert short.max() <= PROGRAMME.longest_delay
    assert (dated["end_day"] > dated["start_day"]).all()
