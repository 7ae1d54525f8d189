"""How numbers are written."""

from datetime import date

import pytest

from likeforlike.report import numbers

MONTHS = ["January", "February", "March", "April", "May", "June"] + ["July"] * 6


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (7, 0, "7"),
        (-7, 0, "−7"),
        (-0.32, 2, "−0.32"),
        (-0.0, 0, "0"),
        (-0.001, 2, "0.00"),
        (1234567.891, 1, "1,234,567.9"),
        (100, 0, "100"),
    ],
)
def test_fixed(value, decimals, written):
    assert numbers.fixed(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (31, "31"),
        (31.0, "31"),
        (34.2, "34.2"),
        (0.05, "0.05"),
        (-0.3, "−0.3"),
        (1200.0, "1,200"),
        (0.0001, "0.0001"),
    ],
)
def test_plain(value, written):
    assert numbers.plain(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "<0.001"), (0.034, "0.034"), (0.26, "0.260"), (1.0, "1.000")]
)
def test_p_value(value, written):
    assert numbers.p_value(value, "<0.001") == written


@pytest.mark.parametrize(("value", "written"), [(0.82, "82"), (1.05, "105"), (0.0, "0"), (0.07, "7")])
def test_per_hundred(value, written):
    assert numbers.per_hundred(value) == written


def test_people_percent_and_dates():
    assert numbers.people(48210) == "48,210"
    assert numbers.percent(31) == "31%"
    assert numbers.month_year(date(2024, 6, 1), MONTHS) == "June 2024"
    assert numbers.day_month_year(date(2024, 6, 30), MONTHS) == "30 June 2024"
