"""The rules by which estimates beside each other give a verdict, and the words for figures."""

import math

import pytest

from likeforlike.checks.beside import side_by_side
from likeforlike.checks.evalue import EValue, e_value, e_value_of_limit, risk_ratios
from likeforlike.checks.specifications import Agreement
from likeforlike.checks.verdicts import conclusion, known, verdict_beside
from likeforlike.checks.words import amount, times
from likeforlike.estimates.difference import UNKNOWN, Difference
from likeforlike.labs import load_lab
from support.checked_world import finished_study


def found(estimate: float, error: float = 1.0, base: float = 0.5) -> Difference:
    return Difference(
        base + estimate, base, estimate, error, estimate - 2 * error, estimate + 2 * error, 0.05
    )


HIGHER, LOWER, OPEN = found(3), found(-3), found(1)


@pytest.mark.parametrize(
    ("primary", "others", "verdict"),
    [
        (HIGHER, [HIGHER, HIGHER], "holds"),
        (OPEN, [OPEN], "holds"),
        (HIGHER, [HIGHER, OPEN], "weakened"),
        (OPEN, [HIGHER], "weakened"),
        (HIGHER, [OPEN, LOWER], "overturned"),
        (LOWER, [HIGHER], "overturned"),
        (HIGHER, [], "not_applicable"),
        (HIGHER, [UNKNOWN], "not_applicable"),
        (UNKNOWN, [HIGHER], "not_applicable"),
    ],
)
def test_verdicts(primary, others, verdict):
    assert verdict_beside(primary, others) == verdict


def test_an_unknown_estimate_concludes_nothing():
    assert conclusion(UNKNOWN) == "open"
    assert not known(UNKNOWN)
    assert not known(None)


def test_agreement_is_counted():
    agreed = Agreement.of(HIGHER, [HIGHER, OPEN, found(5), found(-0.5)])
    assert (agreed.same_sign, agreed.same_conclusion, agreed.holding) == (0.75, 0.5, 0.75)
    assert (agreed.lowest, agreed.highest, agreed.verdict) == (-0.5, 5, "weakened")
    assert Agreement.of(HIGHER, [HIGHER, LOWER]).verdict == "overturned"
    assert Agreement.of(OPEN, [OPEN, OPEN, OPEN, HIGHER]).verdict == "holds"


def test_a_way_that_failed_stays_in_the_table():
    table = side_by_side({"one": found(2), "two": None, "three": UNKNOWN}, HIGHER)
    assert table["item"].to_list() == ["one", "two", "three"]
    assert table["change_in_errors"].to_list() == [-1.0, None, None]


def test_e_values_at_the_edges():
    assert e_value(1) == e_value_of_limit(0.8, 1.2) == 1
    assert e_value(0) == math.inf
    assert math.isnan(e_value(math.nan))
    assert math.isnan(e_value_of_limit(math.nan, 2))
    assert all(map(math.isnan, risk_ratios(found(0.1, 0.01, base=0.0))))
    assert risk_ratios(found(-0.3, 0.2, base=0.5)) == pytest.approx((0.4, 0.0, 1.2))


@pytest.mark.parametrize(
    ("estimate", "verdict"), [(-0.3, "holds"), (-0.105, "weakened"), (-0.05, "not_applicable")]
)
def test_e_value_verdicts(estimate, verdict):
    from dataclasses import replace

    evidence = replace(finished_study().evidence(), found=found(estimate, 0.05))
    assert EValue()(evidence).verdict == verdict


def test_amounts_have_sign_and_unit():
    outcomes = load_lab("justice").outcomes
    assert amount(outcomes.get("reoffended"), -0.042) == "-4.2 percentage points"
    assert amount(outcomes.get("offence_free_days"), 3.0) == "+3.0 days"
    assert amount(outcomes.get("reoffended"), math.nan) == "an unknown amount"
    assert times(math.inf) == "any"
