"""Smallest effects that published cohorts can show, against a table worked out elsewhere by the same formula.

80% power, 5% two-sided, 20 effective comparison people for each participant, a rate of 35%.
"""

import pytest

from likeforlike.evidence.readiness.seen import seen
from likeforlike.labs import load_lab
from likeforlike.labs.definition import History, Typical

POINTS = {
    30: 25.0,
    60: 17.7,
    100: 13.7,
    142: 11.5,
    200: 9.7,
    500: 6.1,
    1000: 4.3,
    3085: 2.5,
    8513: 1.5,
}


@pytest.mark.parametrize(("people", "points"), POINTS.items())
def test_smallest_effects_of_cohorts(people, points):
    lab = load_lab("justice")
    typical = Typical(measure="reoffended", mean=0.35, effects=(0.05,), source="test")
    found = seen(History(), typical, lab.outcomes.get("reoffended"), (people, people, people))
    assert found.smallest == pytest.approx(points, abs=0.06)
    assert (found.at_most, found.at_least) == (found.smallest, found.smallest)
