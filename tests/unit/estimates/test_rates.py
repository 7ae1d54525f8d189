"""Intervals of shares at the ends of the scale and for nobody."""

import numpy as np
import pytest

from likeforlike.estimates.rates import (
    miettinen_nurminen,
    miettinen_nurminen_ratio,
    newcombe,
    score_p_value,
    wilson,
)


def test_wilson_of_none_and_all_has_its_closed_form():
    z = 1.959963984540054
    none, everyone = wilson(0, 10), wilson(10, 10)
    assert (none.low, none.high) == pytest.approx((0, z**2 / (10 + z**2)))
    assert (everyone.low, everyone.high) == pytest.approx((10 / (10 + z**2), 1))


@pytest.mark.parametrize("method", [newcombe, miettinen_nurminen, miettinen_nurminen_ratio])
def test_nobody_is_unknown(method):
    assert np.isnan([method(0, 0, 3, 10).low, method(3, 10, 0, 0).estimate]).all()


@pytest.mark.parametrize("method", [newcombe, miettinen_nurminen, miettinen_nurminen_ratio])
def test_more_events_than_people_is_refused(method):
    with pytest.raises(ValueError, match="Events lie between 0 and the number of people"):
        method(11, 10, 3, 10)


def test_all_against_none_reaches_the_end_of_the_scale():
    found = miettinen_nurminen(9, 9, 0, 40)
    assert (found.estimate, found.high) == (1, 1)
    assert 0.5 < found.low < 1
    assert newcombe(9, 9, 0, 40).high == 1


@pytest.mark.parametrize("events", [0, 20])
def test_the_same_certainty_on_both_sides_still_has_width(events):
    for method in (newcombe, miettinen_nurminen):
        found = method(events, 20, events, 20)
        assert found.low < 0 == found.estimate < found.high
    assert np.isnan(score_p_value(events, 20, events, 20))


def test_ratios_without_events_on_one_side_are_open():
    assert miettinen_nurminen_ratio(0, 20, 5, 50).low == 0
    assert miettinen_nurminen_ratio(0, 20, 5, 50).high < np.inf
    open_above = miettinen_nurminen_ratio(5, 20, 0, 50)
    assert open_above.estimate == open_above.high == np.inf
    assert 1 < open_above.low < np.inf
    assert np.isnan(miettinen_nurminen_ratio(0, 20, 0, 50).low)


def test_more_people_narrow_the_interval_and_more_confidence_widens_it():
    small, large = newcombe(12, 40, 30, 90), newcombe(120, 400, 300, 900)
    assert large.high - large.low < small.high - small.low
    sure = miettinen_nurminen(12, 40, 30, 90, confidence=0.99)
    assert sure.low < miettinen_nurminen(12, 40, 30, 90).low
