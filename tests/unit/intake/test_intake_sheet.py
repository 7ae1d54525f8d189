"""Where in a file the list is."""

from datetime import date, datetime, time

import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake.contents import RawSheet
from likeforlike.intake.sheet import cell_text, column_text, find_list
from support.cohorts import any_size_lab, people, table

LAB = any_size_lab()
LIST = table(people(3))


def find(*sheets, wanted=None):
    return find_list(sheets, LAB, "people.xlsx", wanted)


def test_title_lines_and_blank_rows_above_the_headings():
    found = find(RawSheet("A", [["Our list"], [], ["Spring", "", 2022], *LIST]))
    assert found.header == 3
    assert found.cells["row"].to_list() == [5, 6, 7]


def test_blank_rows_keep_the_numbers_of_the_others():
    found = find(RawSheet("A", [LIST[0], LIST[1], [], ["", " "], LIST[2]]))
    assert found.cells["row"].to_list() == [2, 5]


def test_rows_of_unequal_length():
    found = find(RawSheet("A", [LIST[0], LIST[1][:2], LIST[2]]))
    assert found.cells["date_of_birth"].to_list() == ["", LIST[2][2].isoformat()]


def test_headings_are_looked_for_within_fifty_rows():
    assert find(RawSheet("A", [[""]] * 49 + LIST)).header == 49
    with pytest.raises(InputProblem, match="no row of headings that we know in its first 50 rows"):
        find(RawSheet("A", [["x"]] * 50 + LIST))


def test_the_sheet_that_fits_best_is_read():
    notes = RawSheet("Notes", [["First name", "Surname"], ["a", "b"]])
    found = find(notes, RawSheet("People", LIST))
    assert found.sheet.name == "People"
    assert found.others == ()


def test_another_list_is_remembered():
    shorter = [row[:5] for row in LIST]
    assert find(RawSheet("2021", LIST), RawSheet("2022", shorter)).others == ("2022",)


def test_two_sheets_alike_must_be_named():
    with pytest.raises(InputProblem, match=r"\('2021', '2022'\): name one with --sheet"):
        find(RawSheet("2021", LIST), RawSheet("2022", LIST))
    assert find(RawSheet("2021", LIST), RawSheet("2022", LIST), wanted="2022").sheet.name == "2022"


def test_hidden_sheets_are_read_only_when_named():
    hidden = RawSheet("Old", LIST, hidden=True)
    assert find(hidden, RawSheet("New", LIST)).sheet.name == "New"
    assert find(hidden, RawSheet("New", LIST), wanted=" Old ").sheet.name == "Old"


@pytest.mark.parametrize(
    ("sheets", "wanted", "says"),
    [
        ([RawSheet("A", [])], None, "no visible sheet with anything in it"),
        ([RawSheet("A", LIST, hidden=True)], None, "no visible sheet with anything in it"),
        ([RawSheet("A", [LIST[0]])], None, "headings but no people under them"),
        ([RawSheet("A", [LIST[0], ["", " "]])], None, "headings but no people under them"),
        ([RawSheet("A", LIST[1:])], None, "'First name', 'Surname', 'Date of birth', 'Gender'"),
        ([RawSheet("A", LIST)], "B", "no sheet 'B': it has 'A'"),
        ([RawSheet(None, LIST)], "B", "it is a CSV, which has no sheets"),
    ],
)
def test_what_is_no_list(sheets, wanted, says):
    with pytest.raises(InputProblem) as raised:
        find(*sheets, wanted=wanted)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (123456.0, "123456"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (date(1990, 3, 27), "1990-03-27"),
        (datetime(1990, 3, 27), "1990-03-27"),
        (datetime(1990, 3, 27, 10, 30), "1990-03-27 10:30:00"),
        (time(3, 4), "03:04:00"),
        ("x", "x"),
    ],
)
def test_cells_as_text(cell, text):
    assert cell_text(cell) == text
    assert column_text([cell]).to_list() == [text]


def test_a_column_of_several_types():
    assert column_text([date(1990, 3, 27), "27/03/1990", 32959.0]).to_list() == [
        "1990-03-27",
        "27/03/1990",
        "32959",
    ]
