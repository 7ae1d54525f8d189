"""Several lists become one, and nobody counts twice."""

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake import pool, read_cohort
from likeforlike.intake.pool import on_several, text_columns, with_column
from likeforlike.labs import load_lab
from support.cohorts import cohort_file, people, person


@pytest.fixture
def listed(tmp_path):
    def listed(name, numbers, **changed):
        return read_cohort(
            cohort_file(tmp_path / f"{name}.csv", [person(n, **changed) for n in numbers]),
            load_lab("justice"),
        )

    return listed


def test_a_person_on_two_lists_counts_once_with_the_first(listed):
    first, second = listed("first", range(40)), listed("second", range(30, 80))
    both = pool([with_column(first, "reference", "A"), with_column(second, "reference", "B")], "two lists")
    assert (both.people.height, both.source.rows) == (80, 90)
    assert [(s.key, s.remaining, s.lost) for s in both.flow.steps] == [
        ("submitted", 90, 0),
        ("duplicate", 80, 10),
    ]
    assert both.people["reference"].value_counts().sort("reference").rows() == [("A", 40), ("B", 40)]
    assert both.people["participant"].to_list() == list(range(80))
    assert on_several([first, second]) == [10, 10]
    assert both.ready


def test_lists_too_small_by_themselves_may_be_enough_together(listed):
    small = listed("small", range(30))
    assert not small.ready
    assert pool([small, listed("other", range(30, 70))], "all").ready
    alone = pool([small], "all")
    assert not alone.ready
    assert alone.problems.frame["code"].to_list() == ["too_few"]


def test_the_pool_of_one_list_has_its_people(listed):
    one = listed("one", range(70))
    assert pool([one], "all").sha256 == one.sha256


def test_what_must_be_fixed_is_fixed_on_each_list(listed):
    wrong = listed("wrong", range(70), date_of_birth="31/02/1990")
    with pytest.raises(InputProblem, match=r"wrong\.csv has 70 problems that must be fixed first"):
        pool([listed("right", range(70, 140)), wrong], "all")
    with pytest.raises(InputProblem, match="no list"):
        pool([], "all")


def test_lists_of_different_labs_do_not_go_together(listed, tmp_path):
    other = read_cohort(cohort_file(tmp_path / "x.csv", people(70)), load_lab("justice"))
    changed = load_lab("employment")
    from dataclasses import replace

    with pytest.raises(InputProblem, match="different labs"):
        pool([other, replace(other, lab=changed)], "all")


def test_columns_that_may_name_a_service():
    assert text_columns(load_lab("justice")) == ("reference",)


def test_order_of_lists_decides_who_is_first(listed):
    ahead, behind = listed("a", range(40)), listed("b", range(40, 80))
    one, two = pool([ahead, behind], "x"), pool([behind, ahead], "x")
    assert (
        one.people.drop("participant", "row")
        .sort(pl.all())
        .equals(two.people.drop("participant", "row").sort(pl.all()))
    )
