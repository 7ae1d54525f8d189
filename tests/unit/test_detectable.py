"""What a study can see, against the table of sizes the Justice Data Lab's cohorts have."""

import numpy as np
import pytest

from likeforlike.detectable import (
    detectable_effect,
    expected_half_width,
    frequency_spread,
    participants_needed,
    power_to_detect,
    rate_spread,
)

# Percentage points at a rate of 35%, 20 effective comparison people for each participant.
TABLE = {30: 25.0, 60: 17.7, 100: 13.7, 142: 11.5, 200: 9.7, 500: 6.1, 1000: 4.3, 3085: 2.5, 8513: 1.5}


def test_the_table_of_smallest_effects():
    found = detectable_effect(np.array(list(TABLE)), 20, rate_spread(0.35))
    assert np.round(100 * found, 1).tolist() == list(TABLE.values())


def test_baselines_and_sizes_make_a_table():
    found = detectable_effect(np.array([[60], [600]]), 20, rate_spread([0.1, 0.3, 0.5]))
    assert found.shape == (2, 3)
    assert found[0] == pytest.approx(found[1] * np.sqrt(10))


def test_the_smallest_effect_is_found_with_its_power():
    effect = detectable_effect(200, 5, 1.3, power=0.9)
    assert power_to_detect(effect, 200, 5, 1.3) == pytest.approx(0.9, abs=1e-6)
    assert power_to_detect(-effect, 200, 5, 1.3) == power_to_detect(effect, 200, 5, 1.3)


def test_no_effect_is_found_as_often_as_by_chance():
    assert power_to_detect(0, 200, 5, 1.3) == pytest.approx(0.05)


def test_participants_needed_are_the_fewest_that_do():
    people = participants_needed(0.05, 20, rate_spread(0.35))
    assert detectable_effect(people, 20, rate_spread(0.35)) <= 0.05
    assert detectable_effect(people - 1, 20, rate_spread(0.35)) > 0.05


def test_size_and_effect_are_inverse_even_where_rounding_is_near():
    effect = detectable_effect(np.arange(2, 400), 20, 0.4)
    assert participants_needed(effect, 20, 0.4).tolist() == list(range(2, 400))


def test_the_justice_data_labs_number_needed_is_an_even_chance():
    found = participants_needed(-0.05, np.inf, rate_spread(0.3), power=0.5)
    assert found == np.ceil(1.959964**2 * 0.21 / 0.05**2)


def test_nothing_needs_more_than_anybody_has():
    assert participants_needed([0, 0.1], 20, 0.5)[0] == np.inf


def test_expected_half_width():
    assert expected_half_width(100, np.inf, 0.5) == pytest.approx(1.959964 * 0.05)


def test_a_frequency_spreads_with_its_dispersion():
    assert frequency_spread(0.75, 3) == pytest.approx(1.5)


@pytest.mark.parametrize("power", [0.4, 1.0])
def test_an_impossible_power_is_refused(power):
    with pytest.raises(ValueError, match=r"between 0\.5 and 1"):
        detectable_effect(100, 20, 0.5, power=power)


def test_an_impossible_confidence_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected_half_width(100, 20, 0.5, confidence=95)
