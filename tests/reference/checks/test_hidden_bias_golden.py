"""Bounds on hidden bias against R and published figures."""

import json
from pathlib import Path

import numpy as np
import pytest

from likeforlike.checks.evalue import e_value, e_value_of_limit
from likeforlike.checks.mantel_haenszel import Strata, _gap, mh_bounds
from likeforlike.checks.omitted_variable import Strength, adjusted, as_strong_as, partial_r2, robustness_value
from likeforlike.checks.rosenbaum import sign_bounds

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "matching_golden.json").read_text())
PUBLISHED = {entry["id"]: entry for entry in GOLDEN["published_references"]}
RASH = Strata(*(np.array(x, float) for x in ([38, 68], [5, 10], [681, 537], [36, 19])))


def test_e_values_of_vanderweele_and_ding():
    told = PUBLISHED["evalue"]
    near = {"abs": told["tolerance"]}
    assert e_value(3.9) == pytest.approx(told["value"]["RR3.9"], **near)
    assert e_value(0.80) == pytest.approx(told["value"]["RR0.80"], **near)
    assert e_value_of_limit(1.8, 8.7) == pytest.approx(told["value"]["CI1.8"], **near)


@pytest.mark.parametrize("place", range(5))
def test_sign_bounds_beside_rbounds(place):
    """R's `binarysens(25, 13)` leaves the 25 seen out of the tail: its figures are ours for 26 of 38."""
    told = GOLDEN["other_R"]["rbounds_binarysens_25_13"]
    lower, upper = sign_bounds(26, 38, told["Gamma"][place])
    assert lower == pytest.approx(told["lower"][place], abs=6e-6)
    assert upper == pytest.approx(told["upper"][place], abs=6e-6)
    assert sign_bounds(25, 38, told["Gamma"][place])[1] > upper


@pytest.mark.parametrize("place", range(4))
def test_mantel_haenszel_bounds_of_becker_and_caliendo(place):
    told = PUBLISHED["mhbounds"]
    value, near = told["value"], {"abs": told["tolerance"]}
    gamma = value["Gamma"][place]
    for g, told_q in ((gamma, value["Q_plus"][place]), (1 / gamma, value["Q_minus"][place])):
        gap, spread = _gap(RASH, g)
        assert (abs(gap) - 0.5) / spread == pytest.approx(told_q, **near)
    upper = mh_bounds(RASH, gamma)[1]
    if gamma < 4:
        assert upper == pytest.approx(value["p_plus"][place], **near)
    else:
        # here the mean under bias has passed what was seen: Q grows again, the bound must not fall
        assert upper > 0.5


def test_robustness_of_the_darfur_study():
    told = PUBLISHED["sensemakr-darfur"]
    value, near = told["value"], {"abs": told["tolerance"]}
    t, df = value["t_statistic"], value["dof"]
    assert partial_r2(t, df) == pytest.approx(value["r2yd.x"], **near)
    assert t**2 / df == pytest.approx(value["f2yd.x"], **near)
    assert robustness_value(t, df) == pytest.approx(value["rv_q"], **near)
    assert robustness_value(t, df, alpha=0.05) == pytest.approx(value["rv_qa"], **near)


def test_darfur_benchmark_of_the_article():
    """Cinelli & Hazlett 2020, section 5: something as strong as `female` leaves 0.075 (0.022), t 3.44."""
    value = PUBLISHED["sensemakr-darfur"]["value"]
    beside = as_strong_as(Strength(treatment=0.00908, outcome=0.109))
    assert (beside.treatment, beside.outcome) == pytest.approx((0.00916, 0.1246), abs=6e-4)
    estimate, error = adjusted(value["estimate"], value["se"], value["dof"], beside)
    assert (estimate, error) == pytest.approx((0.0752, 0.0219), abs=5e-4)


def test_a_cause_of_exactly_the_robustness_value_leaves_nothing():
    value = PUBLISHED["sensemakr-darfur"]["value"]
    rv = value["rv_q"]
    left, _ = adjusted(value["estimate"], value["se"], value["dof"], Strength(rv, rv))
    assert left == pytest.approx(0, abs=1e-9)
