"""What intervals say and leave open."""

import numpy as np
import pytest
from scipy import stats

from likeforlike.estimates.equivalence import (
    conclusion,
    equivalence_p_value,
    participants_to_settle,
    ruled_out,
)

NAN = float("nan")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.08, -0.02, "lower"),
        (-0.012, -0.002, "lower"),
        (0.001, 0.2, "higher"),
        (-0.02, 0.019, "equivalent"),
        (-0.03, 0.01, "inconclusive"),
        (-0.01, 0.03, "inconclusive"),
        (-0.1, 0.0, "inconclusive"),
        (0.0, 0.01, "equivalent"),
        (NAN, NAN, "inconclusive"),
    ],
)
def test_conclusions(low, high, said):
    assert conclusion((low, high), margin=0.03) == said
    assert conclusion((low, high)) == ("inconclusive" if said == "equivalent" else said)


def test_an_inconclusive_interval_rules_out_large_effects():
    found = ruled_out(-0.08, 0.03, "lower")
    assert (found.largest_benefit, found.largest_harm) == (0.08, 0.03)
    assert (found.smallest_benefit, found.smallest_harm) == (0, 0)
    assert not found.any_benefit
    assert not found.any_harm


def test_the_same_interval_where_more_is_better():
    found = ruled_out(-0.08, 0.03, "higher")
    assert (found.largest_benefit, found.largest_harm) == (0.03, 0.08)


def test_a_clear_benefit_rules_out_harm_and_small_benefits():
    found = ruled_out(-0.08, -0.02, "lower")
    assert found.any_harm
    assert (found.smallest_benefit, found.largest_benefit) == (0.02, 0.08)
    harm = ruled_out(-0.08, -0.02, "higher")
    assert harm.any_benefit
    assert (harm.smallest_harm, harm.largest_harm) == (0.02, 0.08)


def test_an_unknown_interval_rules_out_nothing():
    found = ruled_out(NAN, NAN, "lower")
    assert np.isnan([found.largest_benefit, found.largest_harm]).all()
    assert not found.any_benefit
    assert not found.any_harm


def test_two_one_sided_tests():
    expected = max(stats.t.sf((0.01 + 0.05) / 0.02, 40), stats.t.cdf((0.01 - 0.05) / 0.02, 40))
    assert equivalence_p_value(0.01, 0.02, 0.05, 40) == pytest.approx(expected)
    assert equivalence_p_value(0.09, 0.02, 0.05) == pytest.approx(stats.norm.cdf(2))
    assert np.isnan(equivalence_p_value(0.01, 0.0, 0.05))


@pytest.mark.parametrize("estimate", [-0.02, 0.0, 0.004, 0.0107, 0.011, 0.03])
def test_the_two_tests_agree_with_the_interval(estimate):
    error, margin = 0.02, 0.05
    half = stats.norm.ppf(0.975) * error
    inside = -margin < estimate - half and estimate + half < margin
    assert (equivalence_p_value(estimate, error, margin) < 0.025) == inside


def test_more_people_make_a_difference_significant():
    found = participants_to_settle(-0.02, 0.02, 500)
    assert found.as_ == "different"
    assert found.participants == np.ceil(500 * stats.norm.ppf(0.975) ** 2)
    assert found.more == found.participants - 500


def test_or_show_that_it_is_too_small_to_matter():
    found = participants_to_settle(-0.005, 0.02, 500, margin=0.03)
    assert found.as_ == "equivalent"
    assert found.participants == np.ceil(500 * (stats.norm.ppf(0.975) * 0.02 / 0.025) ** 2)
    assert participants_to_settle(-0.02, 0.02, 500, margin=0.03).as_ == "different"


def test_a_better_chance_needs_more_people():
    even, good = (participants_to_settle(-0.02, 0.02, 500, power=power) for power in (0.5, 0.8))
    z = stats.norm.ppf(0.975)
    assert good.participants / even.participants == pytest.approx(((z + stats.norm.ppf(0.8)) / z) ** 2, 1e-3)


def test_what_is_settled_needs_nobody():
    assert participants_to_settle(-0.05, 0.02, 500).more == 0


def test_no_difference_is_never_significant_but_may_be_too_small_to_matter():
    alone = participants_to_settle(0.0, 0.02, 500)
    assert (alone.participants, alone.more, alone.as_) == (np.inf, np.inf, None)
    assert participants_to_settle(0.0, 0.02, 500, margin=0.01).as_ == "equivalent"


def test_an_unknown_error_settles_nothing():
    assert participants_to_settle(0.1, NAN, 5).as_ is None
    assert np.isnan(participants_to_settle(NAN, 0.1, 5).more)


def test_a_margin_of_nothing_is_refused():
    for ask in (
        lambda: conclusion((0, 1), 0),
        lambda: equivalence_p_value(0, 1, 0),
        lambda: participants_to_settle(0, 1, 5, -1),
    ):
        with pytest.raises(ValueError, match="above 0"):
            ask()


def test_a_certain_success_is_refused():
    with pytest.raises(ValueError, match=r"between 0\.5 and 1"):
        participants_to_settle(0.1, 0.1, 5, power=1.0)
