"""Hazard and time are each other's inverse, whatever the risk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.synthetic.careers.waiting import cumulative_hazard, years_until


@given(
    years=st.floats(0.003, 30),
    log_odds=st.floats(-5, 4),
    late=st.floats(0.2, 1.5),
)
def test_years_until_inverts_the_hazard(years, log_odds, late):
    hazard = cumulative_hazard(np.array([years]), np.array([log_odds]), late)
    assert years_until(hazard, np.array([log_odds]), late)[0] == pytest.approx(years, rel=1e-6)


@given(log_odds=st.floats(-5, 4), late=st.floats(0.2, 1.5))
def test_hazard_never_falls(log_odds, late):
    years = np.linspace(0.001, 40, 500)
    assert (np.diff(cumulative_hazard(years, np.full(500, log_odds), late)) > 0).all()
