"""OGRS3 against worked examples of Howard et al. (2009)'s formula."""

import numpy as np
import pytest

from likeforlike.labs import load_lab
from likeforlike.synthetic.careers.ogrs3 import ONE_YEAR, TWO_YEARS
from likeforlike.synthetic.careers.read import read_ogrs3

OGRS3 = read_ogrs3()


def one_year(male: bool, age: float, group: str, earlier: int, first_at: float | None = None) -> float:
    odds = OGRS3.log_odds(
        np.array([male]),
        np.array([float(age)]),
        np.array([float(age - first_at) if first_at else 0.0]),
        np.array([earlier]),
        np.array([OGRS3.groups.index(group)]),
    )
    return float(odds[0])


def percent(log_odds: float) -> float:
    return round(100 / (1 + np.exp(-log_odds)), 1)


@pytest.mark.parametrize(
    ("male", "age", "group", "earlier", "first_at", "expected"),
    [
        (True, 30, "theft (non-motor)", 10, 16, 55.6),
        (True, 19, "violence", 0, None, 12.2),
        (True, 45, "drink driving", 0, None, 4.9),
        (False, 35, "theft (non-motor)", 20, 15, 65.9),
        (True, 27, "drug possession or supply", 5, 17, 32.5),
    ],
)
def test_one_year_chance(male, age, group, earlier, first_at, expected):
    assert percent(one_year(male, age, group, earlier, first_at)) == expected


def test_two_year_chance():
    odds = one_year(True, 30, "theft (non-motor)", 10, 16) + TWO_YEARS - ONE_YEAR
    assert percent(odds) == 72.0


def test_groups_are_those_of_the_records_in_the_same_order():
    offences = load_lab("justice").records.get("offences")
    codes = next(c.codes for c in offences.column if c.name == "offence_group")
    assert codes == OGRS3.groups


@pytest.mark.parametrize(
    ("age", "level"), [(9.0, 0), (11.9, 0), (12.0, 1), (49.9, 9), (50.0, 10), (90.0, 10)]
)
def test_age_bands_start_on_birthdays(age, level):
    expected = OGRS3.age[1, level] + one_year(True, 12, "violence", 0) - OGRS3.age[1, 1]
    assert one_year(True, age, "violence", 0) == pytest.approx(expected)
