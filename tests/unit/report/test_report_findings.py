"""What an interval allows us to claim, as a truth table."""

import pytest

from likeforlike.report.findings import find
from support.release_figures import measure_row
from support.reports import justice

RATE, DAYS = justice().outcomes.get("reoffended"), justice().outcomes.get("offence_free_days")


def row(low, high, *, p, measure=RATE, **given):
    figures = {
        "treatment": 30,
        "comparison": 35,
        "difference": -5,
        "conf_low": low,
        "conf_high": high,
        "p": p,
    }
    return measure_row(measure, **(figures | given))


@pytest.mark.parametrize(
    ("low", "high", "p", "given", "certainty", "direction", "favours"),
    [
        (-8, -2, 0.01, {}, "certain", "lower", "better"),
        (2, 8, 0.01, {}, "certain", "higher", "worse"),
        (-8, -2, 0.01, {"measure": DAYS}, "certain", "lower", "worse"),
        (2, 8, 0.01, {"measure": DAYS}, "certain", "higher", "better"),
        (-8, 0, 0.04, {}, "certain", "lower", "better"),
        (0, 8, 0.04, {}, "certain", "higher", "worse"),
        (-8, 3, 0.4, {}, "undetermined", "undetermined", "neither"),
        (-8, 0, 0.06, {}, "undetermined", "undetermined", "neither"),
        (0, 0, 0.04, {"significant": True, "direction": "lower"}, "undetermined", "undetermined", "neither"),
        (-8, -2, 0.01, {"significant": False}, "too_few", "undetermined", "neither"),
        (-8, -2, 0.2, {"significant": True}, "too_few", "undetermined", "neither"),
        (-8, 3, 0.01, {"significant": True, "direction": "lower"}, "undetermined", "undetermined", "neither"),
        (-8, -2, 0.01, {"direction": "higher"}, "too_few", "undetermined", "neither"),
        (None, None, None, {"withheld": "Too few."}, "withheld", "undetermined", "neither"),
        (-8, -2, 0.01, {"treatment": None}, "withheld", "undetermined", "neither"),
    ],
)
def test_finding(low, high, p, given, certainty, direction, favours):
    finding = find(row(low, high, p=p, **given))
    assert (finding.certainty, finding.direction, finding.favours) == (certainty, direction, favours)


def test_an_end_that_is_zero_only_by_rounding_is_told_apart():
    assert find(row(-8, 0, p=0.04)).rounded_to_zero
    assert not find(row(-8, -1, p=0.04)).rounded_to_zero
    assert not find(row(-8, 0, p=0.06)).rounded_to_zero


@pytest.mark.parametrize(("difference", "shows"), [(-5, False), (-4, True), (-6, True)])
def test_rounding_shows_when_the_figures_do_not_add_up(difference, shows):
    assert find(row(-8, -2, p=0.01, difference=difference)).rounding_shows is shows


def test_rounding_of_decimals_is_no_rounding_that_shows():
    measure = justice().outcomes.get("reoffences")
    finding = find(
        row(-0.5, -0.1, p=0.01, measure=measure, treatment=1.05, comparison=1.37, difference=-0.32)
    )
    assert not finding.rounding_shows
