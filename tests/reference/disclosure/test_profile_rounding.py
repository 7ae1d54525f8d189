"""Counts as each body's published rule shows them: OpenSAFELY, NHS, ONS and the US Census."""

import numpy as np
import pytest

from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import cross_table
from likeforlike.disclosure.counts import rounded, shown, total
from likeforlike.disclosure.profiles import Count, Mean, Quantile, Rate, Table, protect
from likeforlike.labs.definition import DisclosureProfile


def profile(name: str, **stricter: object) -> DisclosureProfile:
    return DisclosureProfile.model_validate({"profile": name, **stricter})


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        ("opensafely", (6, 7, 8), (None, None, 10)),
        ("nhs-hes", (0, 1, 7, 8, 12, 13, 17, 18), (0, None, None, 10, 10, 15, 15, 20)),
        (
            "ons-10-5",
            (9, 10, 11, 12, 13, 14, 17, 18, 22, 23, 747, 748),
            (None, 10, 10, 10, 15, 15, 15, 20, 20, 25, 745, 750),
        ),
        (
            "census-drb",
            (14, 15, 25, 99, 125, 175, 999, 1_049, 9_750, 12_345, 123_499, 1_234_567),
            (None, 20, 20, 100, 100, 200, 1_000, 1_000, 9_800, 12_500, 123_000, 1_235_000),
        ),
        ("lab", (0, 9, 10, 15, 25), (None, None, 10, 20, 30)),
    ],
)
def test_counts(name, counts, expected):
    assert tuple(shown(count, profile(name)) for count in counts) == expected


def test_midpoints_of_sixes():
    rules = profile("opensafely", rounding="midpoint-6")
    assert [rounded(count, rules) for count in (0, 1, 6, 7, 12, 13)] == [0, 3, 3, 9, 9, 15]


@pytest.mark.parametrize("count", [-1, 7.1, 8.0])
def test_only_whole_numbers_of_people_are_counts(count):
    with pytest.raises(ValueError, match="count"):
        protect(Count(count), profile("opensafely"))


def test_opensafelys_table():
    """3 of 18, 8 of 23, 16 of 31, 23 of 44; totals are the sums of what is shown."""
    rules = profile("opensafely")
    had, of = (3, 8, 16, 23), (18, 23, 31, 44)
    assert [shown(count, rules) for count in had] == [None, 10, 15, 25]
    assert [shown(count, rules) for count in of] == [20, 25, 30, 45]
    assert (total(had, rules), total(of, rules)) == (50, 120)


def test_the_nhs_rounds_a_total_by_itself():
    assert total((12, 12), profile("nhs-hes")) == 25


@pytest.mark.parametrize(
    ("name", "events", "people", "expected"),
    [
        ("nhs-hes", 1_000, 3_990, 25),
        ("nhs-hes", 1_002, 4_001, 25.0),
        ("nhs-hes", 1_011, 4_001, 25.2),
        ("opensafely", 16, 31, 50),
        ("lab", 16, 31, 50),
    ],
)
def test_rates(name, events, people, expected):
    assert protect(Rate(events, people), profile(name)).figures == (expected,)


def test_a_table_of_the_lab_adds_up():
    """The handbook's table, ten times as large; one small cell."""
    counts = np.array([(10, 7), (33, 33), (121, 204)])
    cells = cross_table(counts, [Axis.of("row", list("ABC")), Axis.of("column", list("xy"))])
    found = protect(Table(cells), profile("lab")).figures
    hidden = [value for value, figure in zip(cells.values, found, strict=True) if figure is None]
    assert hidden == [7]
    assert all(figure % 5 == 0 for figure in found if figure is not None)
    whole = [i for i, key in enumerate(cells.values) if key == 408]
    assert [found[i] for i in whole] == [410]


@pytest.mark.parametrize(
    ("values", "shows"),
    [
        ([1.0] * 30, False),
        ([0.0] * 12, False),
        ([*range(1, 10)], False),
        ([52_000, 50_000, *[1] * 10], False),
        ([52_000, 50_000, *[800] * 10], False),
        ([*range(1, 11)], True),
        ([-1, *range(20)], False),
    ],
)
def test_means_that_acro_passes_or_fails(values, shows):
    """All the same, too few, two who make up nearly all (the p% rule passes the second), and a safe one."""
    assert bool(protect(Mean(values), profile("lab")).figures) is shows


@pytest.mark.parametrize(
    ("people", "share", "shows"),
    [
        (19, 0.5, False),
        (20, 0.5, True),
        (39, 0.25, False),
        (40, 0.25, True),
        (40, 0.75, True),
        (400, 1, False),
    ],
)
def test_quantiles_need_people_on_either_side(people, share, shows):
    found = protect(Quantile(np.arange(people) * 3 + 1, share), profile("lab")).figures
    assert bool(found) is shows
    assert all(figure % 7 == 0 for figure in found)
