"""How dates are read, one by one."""

from datetime import date

import polars as pl
import pytest

from likeforlike.intake.values import read_values
from support.cohorts import any_size_lab

THE_DAY = date(1990, 3, 27)


def read(*texts, column="date_of_birth"):
    lab = any_size_lab()
    cells = pl.DataFrame(
        {"row": range(2, len(texts) + 2), column: list(texts)}, schema_overrides={"row": pl.Int64}
    )
    values, problems = read_values(cells, lab)
    found = pl.concat(problems).filter(pl.col("code") != "nothing_given")
    return values.get_column(column).to_list(), found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "27/03/1990",
            "27/3/1990",
            "27-03-1990",
            "27.03.1990",
            "27 03 1990",
            " 27 / 03 / 1990 ",
            "27\\03\\1990",
        ),
        *("1990-03-27", "1990/3/27", "1990-03-27 00:00:00", "1990-03-27T10:30:00Z", "27/03/1990 10:30"),
        *("27 March 1990", "27th March 1990", "27 mar 1990", "27-Mar-1990", "27 Mar. 1990", "27march1990"),
        *("Tuesday 27 March 1990", "Tue, 27 March 1990", "27th of March, 1990"),
        *("March 27, 1990", "Mar 27 1990", "27031990", "19900327", "32959", "32959.0"),
        *("27/03/90", "27.3.90", "27-Mar-90", "27 march '90"),
    ],
)
def test_ways_to_write_a_day(text):
    values, problems = read(text)
    assert values == [THE_DAY]
    assert "must_fix" not in problems["severity"].to_list()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7031990", date(1990, 3, 7)),
        ("03/04/1990", date(1990, 4, 3)),
        ("29/02/2000", date(2000, 2, 29)),
        ("01/01/29", date(2029, 1, 1)),
        ("01/01/30", date(1930, 1, 1)),
        ("9 sept 1971", date(1971, 9, 9)),
    ],
)
def test_days_come_first_and_two_figures_have_a_pivot(text, day):
    assert read(text)[0] == [day]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/1990", "no_such_day"),
        ("29/02/1990", "no_such_day"),
        ("31 April 1990", "no_such_day"),
        ("00/03/1990", "no_such_day"),
        ("45/13/1990", "no_such_day"),
        ("1990", "only_year"),
        ("March 1990", "not_a_date"),
        ("27 Smarch 1990", "not_a_date"),
        ("about thirty", "not_a_date"),
        ("27//03//1990", "not_a_date"),
        ("#REF!", "formula_error"),
        ("27/03/1890", "too_early"),
        ("27/03/0190", "too_early"),
    ],
)
def test_what_is_no_date_must_be_fixed(text, code):
    values, problems = read(text, "27/03/1990")
    assert values == [None, THE_DAY]
    assert problems.select("row", "value", "code", "severity").rows() == [(2, text, code, "must_fix")]


def test_after_the_latest_day():
    lab = any_size_lab()
    bounded = [c.model_copy(update={"latest": date(2000, 1, 1)}) for c in lab.columns.column]
    lab = lab.model_copy(update={"columns": lab.columns.model_copy(update={"column": tuple(bounded)})})
    cells = pl.DataFrame({"row": [2, 3], "date_of_birth": ["01/01/2000", "02/01/2000"]})
    values, problems = read_values(cells, lab)
    assert values["date_of_birth"].to_list() == [date(2000, 1, 1), None]
    assert "'Date of birth' is after 1 January 2000." in pl.concat(problems)["message"].to_list()


@pytest.mark.parametrize(
    ("texts", "code", "says"),
    [
        (("27/03/90", "28/04/1990", "29/04/91"), "two_digit_years", "in 2 rows"),
        (("32959", "27/03/1990"), "day_numbers", "in 1 row,"),
    ],
)
def test_assumptions_are_asked_about_once(texts, code, says):
    _, problems = read(*texts)
    (problem,) = problems.rows(named=True)
    assert (problem["row"], problem["code"], problem["severity"]) == (None, code, "please_confirm")
    assert says in problem["message"]


@pytest.mark.parametrize("text", ["", " ", "n/a", "N/A", "-", "unknown", "None", "TBC", "\u200b"])
def test_missing(text):
    values, problems = read(text, column="index_date")
    assert values == [None]
    assert problems.is_empty()
