"""What a cohort says of itself."""

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake.summary import row_list
from support.cohorts import any_size_lab, codes, people, person, read_rows

BAD = person(0, surname="", date_of_birth="31/02/1990", postcode="LS1")


def test_people_have_the_columns_that_later_stages_expect(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", people(3))
    types = {c.name: pl.Date if c.kind == "date" else pl.String for c in cohort.lab.columns.column}
    assert dict(cohort.people.schema) == {"participant": pl.Int64, "row": pl.Int64} | types
    assert cohort.people["participant"].to_list() == [0, 1, 2]
    assert cohort.people["row"].to_list() == [2, 3, 4]


def test_a_good_list(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", people(3))
    assert cohort.ready
    assert codes(cohort) == []
    cohort.require_ready()
    assert cohort.summary() == "a.csv: 3 rows, 3 people.\n\nNo problems were found: the list is ready."


def test_must_fix_comes_apart_from_please_confirm(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", [BAD, person(1)])
    assert not cohort.ready
    assert codes(cohort, "must_fix") == ["missing", "no_such_day"]
    assert codes(cohort, "please_confirm") == ["unlikely_postcode"]
    lines = cohort.summary().splitlines()
    assert [line for line in lines if line and not line.startswith("    ")] == [
        "a.csv: 2 rows, 2 people.",
        "Must fix (2)",
        "  Surname (column B)",
        "  Date of birth (column C)",
        "Please confirm (1)",
        "  Postcode (column E)",
    ]
    told = (
        "Row 2: 'Surname' is needed and this cell is empty. Fill it in, or leave the person out of the list."
    )
    assert f"    {told}" in lines


def test_many_rows_with_one_problem_are_one_line(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", people(30, postcode="LS1"))
    assert (
        "Rows 2, 3, 4, 5, 6 and 25 more like this: This does not look like a full postcode"
        in cohort.summary()
    )
    assert "the list can be used once the points above are confirmed" in cohort.summary()


def test_to_frame_has_every_problem_with_its_value(tmp_path):
    frame = read_rows(tmp_path / "a.csv", [BAD]).to_frame()
    assert frame.columns == ["file", "row", "column", "value", "code", "severity", "message", "remedy"]
    assert frame.select("file", "row", "column", "value").rows() == [
        ("a.csv", 2, "Surname", None),
        ("a.csv", 2, "Date of birth", "31/02/1990"),
        ("a.csv", 2, "Postcode", "LS1"),
    ]


def test_to_dict_counts(tmp_path):
    facts = read_rows(tmp_path / "a.csv", [BAD, person(1), person(1)]).to_dict()
    assert (facts["rows"], facts["people"], facts["ready"]) == (3, 2, False)
    assert (facts["must_fix"], facts["please_confirm"]) == (2, 2)
    assert {p["code"]: p["count"] for p in facts["problems"]}["duplicate"] == 1
    assert facts["flow"][1] == {
        "key": "duplicate",
        "reason": "Listed more than once",
        "remaining": 2,
        "lost": 1,
    }


@pytest.mark.parametrize(
    ("count", "minimum", "maximum", "code"),
    [(59, 60, 100, "too_few"), (60, 60, 100, None), (100, 60, 100, None), (101, 60, 100, "too_many")],
)
def test_the_limits_of_the_lab(tmp_path, count, minimum, maximum, code):
    cohort = read_rows(tmp_path / "a.csv", people(count), any_size_lab(minimum, maximum))
    assert codes(cohort) == ([code] if code else [])
    assert cohort.ready == (code is None)


def test_the_minimum_counts_people_and_not_rows(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", [*people(59), person(0)], any_size_lab(60))
    with pytest.raises(
        InputProblem, match=r"a\.csv: The list has 59 people; the Justice Data Lab needs at least 60"
    ):
        cohort.require_ready()


def test_a_list_that_is_not_ready_names_the_command(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", [BAD])
    says = "a.csv has 2 problems that must be fixed first: run `likeforlike check a.csv --lab justice`"
    with pytest.raises(InputProblem, match=says):
        cohort.require_ready()


def test_the_hash_is_of_the_people(tmp_path):
    first = read_rows(tmp_path / "a.csv", people(3))
    same = read_rows(tmp_path / "b.csv", people(3, unread=1))
    other = read_rows(tmp_path / "c.csv", [*people(2), person(2, postcode="")])
    assert first.sha256 == same.sha256 != other.sha256
    assert first.source.sha256 != other.source.sha256


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        ([4], "Row 4: "),
        ([1, 2], "Rows 1, 2: "),
        (list(range(1, 2006)), "Rows 1, 2, 3, 4, 5 and 2,000 more like this: "),
    ],
)
def test_lists_of_rows(rows, text):
    assert row_list(rows) == text
