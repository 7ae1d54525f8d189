"""CSV in every encoding and with every separator."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake.delimited import SEPARATORS, decode, read_rows


def score(rows):
    return max((len({"a", "b", "c"} & set(row)) for row in rows), default=0)


def read(text):
    return read_rows(text, "people.csv", score)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_are_certain(encoding):
    assert decode("Name;Siân\n".encode(encoding)) == ("Name;Siân\n", False)


def test_windows_is_guessed():
    assert decode("Siân O’Neill".encode("cp1252")) == ("Siân O’Neill", True)
    assert decode(b"Jo\x81") == ("Jo\ufffd", True)


@pytest.mark.parametrize("separator", SEPARATORS)
def test_separators(separator):
    rows = [["a", "b", "c"], ["1", "x y", "3"]]
    assert read("\n".join(separator.join(row) for row in rows)) == rows


def test_the_separator_is_chosen_by_the_headings():
    assert read("Smith, J, K, L, M\na;b;c\n1;2, 3;4\n")[1:] == [["a", "b", "c"], ["1", "2, 3", "4"]]


def test_a_first_line_that_names_the_separator():
    assert read("sep=;\r\na;b\r\n1;2\r\n") == [["a", "b"], ["1", "2"]]


def test_blank_lines_and_line_breaks_in_quotes_count_as_a_spreadsheet_counts():
    assert read('a,b,c\n\n1,"x\ny",3\n') == [["a", "b", "c"], [], ["1", "x\ny", "3"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end):
    assert read(f"a,b{end}1,2{end}") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("text", ['a,b\n1,2\n"3,4\n5,6\n', 'a,b\n1,2\n"3"x,4\n'])
def test_an_open_quotation_mark_is_told_with_its_row(text):
    with pytest.raises(InputProblem, match="near row 3"):
        read(text)


def test_a_huge_cell_is_an_open_quotation_mark():
    with pytest.raises(InputProblem, match="near row 2"):
        read('a,b\n"' + "x" * 200_000)
