"""Whether days or months come first is judged for the whole column and asked about once."""

from datetime import date

import polars as pl

from likeforlike.intake.values import read_values
from support.cohorts import any_size_lab

EITHER = ["01/02/1990", "02/03/1990", "03/04/1991", "04/05/1992", "05/06/1993"]


def read(lab=None, **columns):
    length = len(next(iter(columns.values())))
    cells = pl.DataFrame({"row": range(2, length + 2), **columns}, schema_overrides={"row": pl.Int64})
    values, problems = read_values(cells, lab or any_size_lab())
    return values, pl.concat(problems).filter(pl.col("code") != "nothing_given")


def test_one_day_after_the_twelfth_settles_it():
    values, problems = read(date_of_birth=[*EITHER, "27/03/1990"])
    assert values["date_of_birth"][0] == date(1990, 2, 1)
    assert problems.is_empty()


def test_no_proof_is_asked_about_once():
    _, problems = read(date_of_birth=EITHER)
    assert problems.select("row", "code", "severity").rows() == [(None, "order_unknown", "please_confirm")]


def test_few_dates_are_not_asked_about():
    assert read(date_of_birth=EITHER[:4])[1].is_empty()


def test_the_same_day_and_month_tell_nothing():
    assert read(date_of_birth=[f"{i:02}/{i:02}/1990" for i in range(1, 13)])[1].is_empty()


def test_another_column_settles_it():
    assert read(date_of_birth=EITHER, index_date=["27/03/2020"] * 5)[1].is_empty()


def test_another_column_that_is_months_first_settles_nothing():
    _, problems = read(date_of_birth=EITHER, index_date=["27/03/2020"] * 4 + ["03/27/2020"])
    assert sorted(problems["code"]) == ["months_first", "order_unknown"]


def test_months_first_throughout_is_told_once():
    values, problems = read(date_of_birth=[*EITHER, "03/27/1990", "03/28/1990"])
    (problem,) = problems.rows(named=True)
    assert (problem["row"], problem["code"], problem["severity"]) == (None, "months_first_column", "must_fix")
    assert "in 2 rows, the first of them row 7; 5 more could be either" in problem["message"]
    assert values["date_of_birth"][5] is None


def test_a_column_of_both_orders_names_the_rows_and_asks_about_the_rest():
    _, problems = read(date_of_birth=[*EITHER, "03/27/1990", "27/03/1990"])
    assert problems.sort("row").select("row", "code", "severity").rows() == [
        (None, "mixed_order", "please_confirm"),
        (7, "months_first", "must_fix"),
    ]


def test_real_dates_beside_months_first_text_are_doubted():
    """A British spreadsheet turns 03/04/1990 into 3 April and leaves 03/27/1990 as text."""
    _, problems = read(date_of_birth=["1990-04-03", "03/27/1990"])
    assert problems["code"].to_list() == ["months_first_column"]
    assert "1 more could be either" in problems["message"][0]


def test_impossible_days_are_told_beside_a_months_first_column():
    _, problems = read(date_of_birth=["03/27/1990", "02/31/1990", "31/31/1990"])
    assert sorted(problems["code"]) == ["months_first_column", "no_such_day"]
