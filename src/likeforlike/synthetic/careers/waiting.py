"""Time to the next offence: a distribution with the chances of OGRS3 at one and two years.

The log-odds of having reoffended by year t grow with log t: `a + slope * log(t)`, where `a` is the one-year
log-odds. Up to two years the slope is the one that OGRS3 implies, so both of its chances come out exactly;
after that it is a setting, because most people who will ever return have done so.
"""

from __future__ import annotations

import numpy as np

from likeforlike.synthetic.careers.ogrs3 import ONE_YEAR, TWO_YEARS, Floats

YEAR = 365.25
STEP = TWO_YEARS - ONE_YEAR
SLOPE = STEP / np.log(2)


def years_until(hazard: Floats, log_odds: Floats, late_slope: float) -> Floats:
    """Years until the cumulative hazard of people with these one-year log-odds reaches `hazard`."""
    gain = np.log(np.expm1(hazard)) - log_odds
    log_years = np.where(gain <= STEP, gain / SLOPE, np.log(2) + (gain - STEP) / late_slope)
    years: Floats = np.exp(np.minimum(log_years, 6.0))
    return years


def cumulative_hazard(years: Floats, log_odds: Floats, late_slope: float) -> Floats:
    """The cumulative hazard by `years`; the inverse of `years_until`."""
    log_years = np.log(np.maximum(years, 1e-9))
    gain = np.where(years <= 2, SLOPE * log_years, STEP + late_slope * (log_years - np.log(2)))
    hazard: Floats = np.logaddexp(0.0, log_odds + gain)
    return hazard


def whole_days(years: Floats) -> np.typing.NDArray[np.int64]:
    """Days, at least one: an offence on the index date itself is not a reoffence."""
    days: np.typing.NDArray[np.int64] = np.maximum(np.ceil(years * YEAR), 1).astype(np.int64)
    return days
