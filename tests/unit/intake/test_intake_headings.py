"""Which heading stands for which column."""

import polars as pl
import pytest

from likeforlike.intake.headings import heading_key, heading_meanings, map_headings, meanings_of
from support.cohorts import any_size_lab

LAB = any_size_lab()
REQUIRED = ["Forename", "Surname", "DOB", "Sex"]


def read(headings, filled=None):
    found = map_headings(headings, filled or [True] * len(headings), LAB)
    problems = pl.concat(found.problems).rows(named=True) if found.problems else []
    return found, problems


def test_no_heading_of_the_lab_is_ambiguous():
    assert {key: names for key, names in heading_meanings(LAB).items() if len(names) > 1} == {}


@pytest.mark.parametrize("column", LAB.columns.column, ids=lambda c: c.name)
def test_every_name_label_and_alias_is_known(column):
    known = heading_meanings(LAB)
    for text in (column.name, column.label, *column.aliases):
        for form in (text, text.upper(), f"  {text}* ", text.replace(" ", "_"), f"{text} (if known)"):
            assert meanings_of(form, known) == (column.name,)


@pytest.mark.parametrize(
    "text", ["D.O.B.", "d o b", "DOB:", "Date of Birth (dd/mm/yyyy)", "date_of_birth", "Dàte of birth"]
)
def test_case_spaces_accents_and_punctuation_do_not_count(text):
    assert meanings_of(text, heading_meanings(LAB)) == ("date_of_birth",)


def test_places_and_what_is_ignored():
    found, problems = read(["Notes", *REQUIRED, "", "Key worker"])
    assert found.places == {"forename": 1, "surname": 2, "date_of_birth": 3, "gender": 4}
    assert found.ignored == ("Notes", "Key worker")
    assert problems == []


def test_a_missing_column_names_what_was_found_and_what_comes_near():
    _, (problem,) = read(["Forename", "Surnam", "DOB", "Sex"])
    assert (problem["code"], problem["column"], problem["severity"]) == (
        "missing_column",
        "Surname",
        "must_fix",
    )
    assert "The headings found are 'Forename', 'Surnam', 'DOB', 'Sex'." in problem["message"]
    assert (
        problem["remedy"]
        == "If 'Surnam' (column B) is meant, rename it to 'Surname'; if not, add the column."
    )


def test_a_missing_column_with_nothing_near():
    _, (problem,) = read(["Forename", "DOB", "Sex", "Key worker"])
    assert problem["remedy"] == "Add a column headed 'Surname'."


def test_two_headings_for_one_column():
    found, (problem,) = read([*REQUIRED, "Last name"])
    assert (problem["code"], problem["severity"]) == ("doubled_heading", "must_fix")
    assert "'Surname' (column B) and 'Last name' (column E)" in problem["message"]
    assert found.places["surname"] == 1


def test_an_empty_column_does_not_compete():
    found, problems = read([*REQUIRED, "Last name"], [True, False, True, True, True])
    assert problems == []
    assert found.places["surname"] == 4


def test_a_heading_with_two_meanings():
    columns = [
        c.model_copy(update={"aliases": (*c.aliases, "when")}) if c.kind == "date" else c
        for c in LAB.columns.column
    ]
    lab = LAB.model_copy(update={"columns": LAB.columns.model_copy(update={"column": tuple(columns)})})
    found = map_headings([*REQUIRED, "When"], [True] * 5, lab)
    problem = pl.concat(found.problems).row(0, named=True)
    assert (problem["code"], problem["severity"]) == ("ambiguous_heading", "must_fix")
    assert "'Date of birth' or 'Release or order date'" in problem["message"]


def test_key_of_a_heading_without_letters():
    assert heading_key(" * ") == ""
    assert meanings_of(" * ", heading_meanings(LAB)) == ()
