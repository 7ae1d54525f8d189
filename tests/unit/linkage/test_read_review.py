"""A review file comes back from people and their spreadsheets: what it says, or a sentence why not."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.linkage.clerical.read import read_review
from support.links import listed_people

COHORT = listed_people({}, {}, {}, {})
LIST = COHORT.sha256[:12]
HEAD = "list,participant,row,person_id,decision,linked,match_probability,why\n"


def line(row: int | str, person: str, decision: str, of: str = LIST) -> str:
    """A line of the file about the participant in this row of the list."""
    participant = row - 2 if isinstance(row, int) else row
    return (
        f'{of},{participant},{row},{person},{decision},true,0.5,"surname: the same +5; forename: unlike −2"\n'
    )


def review(tmp_path, *lines: str, head: str = HEAD, encoding: str = "utf-8"):
    path = tmp_path / "review.csv"
    path.write_bytes((head + "".join(lines)).encode(encoding))
    return read_review(path, COHORT)


def refusal(tmp_path, *lines: str, **kept) -> str:
    with pytest.raises(InputProblem) as problem:
        review(tmp_path, *lines, **kept)
    return str(problem.value)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        *((w, True) for w in ("match", "Match", "MATCH", " match ", "yes", "Yes", "y")),
        *((w, False) for w in ("no match", "No  Match", "NO MATCH", "NO", "n")),
        *((w, None) for w in ("", "  ", "unsure", "Unsure", "?")),
    ],
)
def test_decisions_as_people_write_them(tmp_path, written, same):
    expected = [] if same is None else [(0, "P1", same)]
    assert review(tmp_path, line(2, "P1", written)).rows() == expected


def test_decisions_are_about_the_participants_named(tmp_path):
    assert review(tmp_path, line(5, "P1", "match"), line(2, "P2", "no match")).rows() == [
        (3, "P1", True),
        (0, "P2", False),
    ]


def test_nothing_decided_has_its_columns(tmp_path):
    decided = review(tmp_path, line(2, "P1", ""))
    assert decided.columns == ["participant", "person_id", "same"]
    assert review(tmp_path).is_empty()


def test_a_byte_order_mark(tmp_path):
    assert review(tmp_path, line(2, "P1", "match"), encoding="utf-8-sig").height == 1


def test_semicolons(tmp_path):
    plain = f"{LIST};0;2;P1;match;true;0,5;surname\n"
    assert review(tmp_path, plain, head=HEAD.replace(",", ";")).rows() == [(0, "P1", True)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path, end):
    path = tmp_path / "review.csv"
    text = HEAD + line(2, "P1", "match") + line(3, "P2", "no") + line(4, "P3", "") + line(5, "P4", "")
    path.write_bytes(text.replace("\n", end).encode())
    assert read_review(path, COHORT).rows() == [(0, "P1", True), (1, "P2", False)]


def test_columns_in_another_order_and_some_left_out(tmp_path):
    head = "decision,person_id,row,list\n"
    assert review(tmp_path, f"match,P1,2,{LIST}\n", head=head).rows() == [(0, "P1", True)]


def test_lines_that_are_short_or_empty(tmp_path):
    assert review(tmp_path, f"{LIST},0,2,P1\n", "\n", line(3, "P2", "match")).rows() == [(1, "P2", True)]


@pytest.mark.parametrize("person", ["=P1", "+P1", "-P1", "@P1"])
def test_a_person_whose_number_acts_as_a_formula(tmp_path, person):
    assert review(tmp_path, line(2, f"'{person}", "match")).rows() == [(0, person, True)]


def test_the_same_decision_twice_is_one(tmp_path):
    assert review(tmp_path, line(2, "P1", "match"), line(2, "P1", "yes")).height == 1


def test_another_lists_file(tmp_path):
    said = refusal(tmp_path, line(2, "P1", "match"), line(3, "P2", "match", of="f" * 12))
    assert said == "review.csv, row 3: it was drawn for another list; draw again with `likeforlike link`."


@pytest.mark.parametrize("row", [1, 6, 99, "", "two"])
def test_a_participant_that_the_list_does_not_have(tmp_path, row):
    assert "drawn for another list" in refusal(tmp_path, line(row, "P1", "match"))


def test_a_participant_that_is_in_another_row_now(tmp_path):
    said = refusal(tmp_path, f"{LIST},1,2,P1,match,true,0.5,surname\n")
    assert said == "review.csv, row 2: it was drawn for another list; draw again with `likeforlike link`."


@pytest.mark.parametrize("word", ["maybe", "nomatch", "1", "=match"])
def test_an_unknown_decision(tmp_path, word):
    said = refusal(tmp_path, line(2, "P1", "match"), line(3, "P2", word))
    assert said == "review.csv, row 3: the decision must be match, no match or unsure."


@pytest.mark.parametrize("column", ["list", "row", "person_id", "decision"])
def test_a_missing_column(tmp_path, column):
    said = refusal(tmp_path, head=HEAD.replace(f"{column},", "other,", 1))
    assert said == f"review.csv has no column '{column}': give the review.csv of `likeforlike link`."


def test_an_empty_file(tmp_path):
    assert "has no column 'list'" in refusal(tmp_path, head="")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([(2, "P1", "match"), (2, "P1", "no match")], id="yes and no"),
        pytest.param([(2, "P1", "match"), (2, "P2", "match")], id="one row, two persons"),
        pytest.param([(2, "P1", "match"), (3, "P1", "match")], id="one person, two rows"),
    ],
)
def test_decisions_that_contradict_each_other(tmp_path, lines):
    said = refusal(tmp_path, *(line(*one) for one in lines))
    assert said.startswith("review.csv: two decisions contradict each other")


def test_several_are_somebody_else(tmp_path):
    assert review(tmp_path, line(2, "P1", "no"), line(2, "P2", "no"), line(3, "P1", "no")).height == 3


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputProblem, match="cannot be read: check its name and folder"):
        read_review(tmp_path / "review.csv", COHORT)


def test_a_folder(tmp_path):
    with pytest.raises(InputProblem, match="cannot be read"):
        read_review(tmp_path, COHORT)


def test_a_file_that_is_no_text(tmp_path):
    assert "is not UTF-8 text: save it as 'CSV UTF-8'" in refusal(tmp_path, "Zoë\n", encoding="cp1252")


def test_a_cell_that_is_far_too_long(tmp_path):
    assert "review.csv" in refusal(tmp_path, line(2, "P" * 140_000, "match"))
    assert "review.csv" in refusal(tmp_path, head="h" * 140_000)


def test_an_enormous_file(tmp_path, monkeypatch):
    monkeypatch.setattr("likeforlike.linkage.clerical.read.LONGEST", 100)
    assert "is no review file" in refusal(tmp_path, *(line(2, "P1", "match") for _ in range(9)))


def test_no_sentence_holds_what_a_cell_holds(tmp_path):
    for lines in ([line(2, "Zebedee", "Zebedee")], [line(2, "Zebedee", "match", of="Zebedee")]):
        assert "Zebedee" not in refusal(tmp_path, *lines)
