"""How names, choices, identifiers and postcodes are read."""

import polars as pl
import pytest

from likeforlike.intake.values import Hints, read_values
from support.cohorts import any_size_lab


def read(column, *texts, hints=None):
    cells = pl.DataFrame(
        {"row": range(2, len(texts) + 2), column: list(texts)}, schema_overrides={"row": pl.Int64}
    )
    values, problems = read_values(cells, any_size_lab(), hints)
    found = pl.concat(problems).filter(pl.col("code") != "nothing_given")
    return values.get_column(column).to_list(), found.select("row", "code", "severity").rows()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  O'Neill ", "O'Neill"),
        ("van  der\u00a0Berg", "van der Berg"),
        ("Sia\u0302n", "Siân"),
        ("Ana\nMaria", "Ana Maria"),
        ("\ufeffJo\u200b", "Jo"),
        ("Na", "Na"),
        ("Null", "Null"),
        ("Łukasz", "Łukasz"),
        ("李", "李"),
        ("João", "João"),
        ("Ângela", "Ângela"),
    ],
)
def test_names_are_kept_as_written(text, value):
    assert read("forename", text) == ([value], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JosÃ©", "broken_letters"),
        ("Oâ€™Neill", "broken_letters"),
        ("Å\u0081ukasz", "broken_letters"),
        ("Jos\ufffd", "broken_letters"),
        ("#VALUE!", "formula_error"),
        ("Err:502", "formula_error"),
        ("0", "no_letters"),
        ("12345", "no_letters"),
        ("x" * 101, "too_long"),
        ("n/a", "says_nothing"),
        ("", "missing"),
    ],
)
def test_names_that_must_be_fixed(text, code):
    assert read("surname", text, "Smith") == ([None, "Smith"], [(2, code, "must_fix")])


@pytest.mark.parametrize(
    ("text", "code"), [("Jos?", "lost_letter"), ("Smith2", "odd_name"), ("=A1+B1", "odd_name")]
)
def test_odd_names_are_asked_about_and_kept(text, code):
    assert read("surname", text) == ([text], [(2, code, "please_confirm")])


@pytest.mark.parametrize(
    ("text", "value"), [("F", "female"), (" female.", "female"), ("MAN", "male"), ("m", "male")]
)
def test_choices(text, value):
    assert read("gender", text) == ([value], [])


def test_a_choice_not_offered():
    assert read("gender", "Q") == ([None], [(2, "unknown_choice", "must_fix")])


@pytest.mark.parametrize(
    "text",
    ["2001/0123456A", "01/0123456A", "2001/0123456a", "20010123456A", "2001 - 0123456 A", "010123456A"],
)
def test_identifiers_have_one_form(text):
    assert read("pnc_id", text) == (["010123456A"], [])


def test_an_identifier_that_does_not_fit_is_left_out():
    assert read("pnc_id", "123", "n/a") == ([None, None], [(2, "unlikely_identifier", "please_confirm")])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ls1 4ap", "LS1 4AP"),
        ("LS14AP", "LS1 4AP"),
        ("sw1a  1aa", "SW1A 1AA"),
        ("M1-1AE", "M1 1AE"),
        ("NFA", None),
    ],
)
def test_postcodes(text, value):
    assert read("postcode", text) == ([value], [])


@pytest.mark.parametrize("text", ["LS1", "Leeds", "12345"])
def test_a_postcode_that_does_not_fit_is_left_out(text):
    assert read("postcode", text) == ([None], [(2, "unlikely_postcode", "please_confirm")])


def test_only_the_first_problem_of_a_cell_is_told():
    assert read("surname", "\ufffd" * 200)[1] == [(2, "broken_letters", "must_fix")]


def test_a_required_cell_may_hide_a_formula_or_a_merged_block():
    hints = Hints(formulas=True, merged={"surname": frozenset({3})})
    assert read("surname", "", "", hints=hints)[1] == [
        (2, "missing_formula", "must_fix"),
        (3, "missing_merged", "must_fix"),
    ]


def test_a_row_needs_one_of_the_dates():
    cells = pl.DataFrame(
        {"row": [2, 3, 4], "index_date": ["", "31/02/2022", ""], "intervention_start": ["", "", "1/3/22"]}
    )
    _, problems = read_values(cells, any_size_lab())
    assert pl.concat(problems).filter(code="nothing_given")["row"].to_list() == [2]


def test_columns_that_the_file_lacks_are_null_and_typed():
    values, _ = read_values(pl.DataFrame({"row": [2], "surname": ["Smith"]}), any_size_lab())
    assert values.schema["date_of_birth"] == pl.Date
    assert values.schema["forename"] == pl.String
    assert values.columns == ["row", *(c.name for c in any_size_lab().columns.column)]


def test_the_value_shown_is_the_one_in_the_file():
    cells = pl.DataFrame({"row": [2], "gender": ["  Q "]})
    _, problems = read_values(cells, any_size_lab())
    assert pl.concat(problems).filter(code="unknown_choice")["value"].to_list() == ["  Q "]
