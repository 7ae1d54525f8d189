"""What cannot be done is seen on the list itself, before anybody is looked up."""

from datetime import date

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.followup.feasible import check_months, check_sub_groups
from likeforlike.labs import load_lab
from likeforlike.plan import SubGroup

LAB = load_lab("justice")
END = date(2023, 6, 30)
DATES = ("index_date", "conviction_date", "intervention_start")


def listed(**dates) -> pl.DataFrame:
    """A list of two people, the later one on the last day of the records."""
    rows = [
        {name: dates.get(name) for name in DATES},
        {name: END if name in dates else None for name in DATES},
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(DATES, pl.Date))


@pytest.mark.parametrize(
    ("column", "last"),
    [
        # 12 months and 6 to settle before the end, and as much later as the anchor allows.
        ("index_date", date(2022, 1, 7)),
        ("conviction_date", date(2022, 1, 7)),
        ("intervention_start", date(2022, 7, 2)),
    ],
)
def test_the_earliest_date_that_may_be_meant_decides(column, last):
    check_months(12, listed(**{column: last}), LAB, END)
    with pytest.raises(InputProblem, match="The records end on 30/06/2023"):
        check_months(12, listed(**{column: last.replace(day=last.day + 1)}), LAB, END)


def test_one_sentence_says_what_is_wrong_and_what_to_do():
    with pytest.raises(InputProblem) as said:
        check_months(600, listed(index_date=date(2021, 6, 1)), LAB, END)
    assert str(said.value).count(". ") == 0
    assert "followed for 600 months and 6 more: give fewer months in the plan" in str(said.value)
    assert said.value.exit_code == 2


def test_a_list_without_dates_is_left_to_the_records():
    check_months(600, listed(), LAB, END)


REFERENCES = pl.DataFrame({"reference": ["done", "done", "left", None]})


def group(where: str) -> SubGroup:
    return SubGroup(name="stayed", label="Stayed", where=where)


@pytest.mark.parametrize(
    ("where", "side"),
    [("reference = 'donee'", "in"), ("reference is not null or reference is null", "outside"),
     ("reference in ('done', 'left')", "outside")],
)  # fmt: skip
def test_a_sub_group_of_nobody_or_everybody_is_said(where, side):
    with pytest.raises(InputProblem, match=f"Nobody on the list is {side} the plan's sub-group 'stayed'"):
        check_sub_groups([group(where)], REFERENCES, LAB)


@pytest.mark.parametrize(
    "where",
    ["reference = 'done'", "reference is null", "sex = 'nobody'", "sex = 'male' and reference = 'donee'"],
)
def test_what_needs_the_records_or_has_both_sides_is_left(where):
    check_sub_groups([group(where)], REFERENCES, LAB)
