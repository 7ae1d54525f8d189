"""Time to the next offence has the chances of OGRS3, and a programme multiplies its hazard."""

import numpy as np
import pytest

from likeforlike.synthetic.careers.ogrs3 import ONE_YEAR, TWO_YEARS
from likeforlike.synthetic.careers.waiting import cumulative_hazard, whole_days, years_until

LATE = 0.55


def chance(log_odds):
    return 1 / (1 + np.exp(-log_odds))


@pytest.mark.parametrize("log_odds", [-3.0, -1.0, 0.0, 1.5])
def test_share_reoffending_within_one_and_two_years(log_odds):
    hazard = np.random.default_rng(1).exponential(size=200_000)
    years = years_until(hazard, np.full(len(hazard), log_odds), LATE)
    assert (years <= 1).mean() == pytest.approx(chance(log_odds), abs=0.004)
    assert (years <= 2).mean() == pytest.approx(chance(log_odds + TWO_YEARS - ONE_YEAR), abs=0.004)


def test_growth_is_slower_after_two_years():
    odds = np.zeros(3)
    reached = 1 - np.exp(-cumulative_hazard(np.array([2.0, 4.0, 8.0]), odds, LATE))
    gains = np.diff(np.log(reached / (1 - reached)))
    assert gains == pytest.approx([LATE * np.log(2)] * 2)


def test_an_offence_is_at_least_a_day_after_the_index_date():
    assert whole_days(np.array([0.0, 1e-9, 1 / 365.25, 1.0])).tolist() == [1, 1, 1, 366]
