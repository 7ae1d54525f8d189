"""How single values of a department's table are read: a table of what goes in and what comes out."""

from datetime import date

import duckdb
import pytest

from likeforlike.labs.definition import RecordColumn
from likeforlike.records import parse

VINTAGE = date(2024, 6, 30)


def read(column: RecordColumn, text: object) -> tuple[object, str | None]:
    """The value and the fault that a cell gives."""
    stored_as = "VARCHAR"
    raw = parse.raw(column, "cell", stored_as)
    sql = (
        f"with raws as (select {raw} as r from (select cast(? as varchar) as cell)), "
        f"reads as (select r, {parse.parsed(column, 'r', stored_as)} as v from raws) "
        f"select v, {parse.flag(column, 'r', 'v', VINTAGE)} from reads"
    )
    value, flag = duckdb.connect().execute(sql, [text]).fetchall()[0]
    return value, parse.FLAGS[flag]


def column(kind: str, **more: object) -> RecordColumn:
    return RecordColumn(name="cell", type=kind, meaning="A cell.", **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2001-02-03", date(2001, 2, 3)),
        ("date", "03/02/2001", date(2001, 2, 3)),
        ("date", "3/2/2001", date(2001, 2, 3)),
        ("date", " 2001-02-03 ", date(2001, 2, 3)),
        ("date", "2001-02-03 00:00:00", date(2001, 2, 3)),
        ("date", "NULL", None),
        ("date", "", None),
        ("integer", "12", 12),
        ("integer", "12.0", 12),
        ("integer", "-3", -3),
        ("number", "1.5", 1.5),
        ("boolean", "1", True),
        ("boolean", "N", False),
        ("boolean", "True", True),
        ("boolean", "no", False),
        ("text", "  Leeds ", "Leeds"),
        ("text", "Null", "Null"),
        ("text", "   ", None),
    ],
)
def test_good_values(kind, text, value):
    assert read(column(kind), text) == (value, None)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "31/02/1990"),
        ("date", "02/13/1990"),
        ("date", "1990"),
        ("integer", "12.5"),
        ("integer", "twelve"),
        ("number", "nan"),
        ("boolean", "2"),
    ],
)
def test_values_of_the_wrong_type(kind, text):
    assert read(column(kind), text) == (None, "wrong_type")


def test_codes_are_found_in_any_case_and_written_as_declared():
    sex = column("text", codes=("male", "Female"))
    assert read(sex, "MALE") == ("male", None)
    assert read(sex, "female") == ("Female", None)
    assert read(sex, "M")[1] == "unknown_code"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1949-12-31", "too_early"),
        ("1950-01-01", None),
        ("2024-06-30", None),
        ("2024-07-01", "after_extract"),
        ("2074-12-31", "after_extract"),
        ("9999-12-31", "too_late"),
    ],
)
def test_dates_out_of_range(text, fault):
    assert read(column("date", earliest=date(1950, 1, 1)), text)[1] == fault


def test_a_year_of_two_digits_is_too_early_and_not_guessed():
    assert read(column("date"), "03/02/90")[1] == "too_early"


def test_the_latest_date_of_the_lab_counts():
    assert read(column("date", latest=date(2000, 1, 1)), "2000-01-02")[1] == "too_late"
