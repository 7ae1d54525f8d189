"""The same person twice, and one identifier for two people."""

import polars as pl

from likeforlike.intake.duplicates import drop_duplicates
from support.cohorts import any_size_lab, person, read_rows


def test_the_first_row_of_a_person_is_kept(tmp_path):
    again = person(1, forename="  AISHA", surname="oneill", pnc_id="", index_date="")
    rows = [person(0), person(1, surname="O'Neill"), person(2), again]
    cohort = read_rows(tmp_path / "a.csv", rows)
    assert cohort.people["row"].to_list() == [2, 3, 4]
    assert cohort.people["participant"].to_list() == [0, 1, 2]
    (problem,) = [p for p in cohort.problems if p.code == "duplicate"]
    assert (problem.row, problem.value, problem.severity) == (5, "same as row 3", "please_confirm")
    assert [(s.key, s.remaining, s.lost) for s in cohort.flow.steps] == [
        ("submitted", 4, 0),
        ("duplicate", 3, 1),
    ]


def test_accents_do_not_make_two_people():
    people = pl.DataFrame(
        {"row": [2, 3], "surname": ["Siân", "SIAN"], "forename": ["A-B", "a b"], "date_of_birth": ["x"] * 2}
    )
    assert drop_duplicates(people, any_size_lab())[0].height == 1


def test_rows_with_an_empty_part_are_never_the_same():
    people = pl.DataFrame(
        {"row": [2, 3], "surname": [None] * 2, "forename": ["A"] * 2, "date_of_birth": ["x"] * 2}
    )
    kept, problems = drop_duplicates(people, any_size_lab())
    assert kept.height == 2
    assert problems.is_empty()


def test_an_identifier_filled_down_is_asked_about(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", [person(i, pnc_id="2001/0123456A") for i in range(3)])
    shared = [p for p in cohort.problems if p.code == "shared_identifier"]
    assert [(p.row, p.value) for p in shared] == [
        (3, "010123456A, also on row 2"),
        (4, "010123456A, also on row 2"),
    ]
    assert cohort.ready


def test_a_duplicate_does_not_share_its_identifier(tmp_path):
    cohort = read_rows(tmp_path / "a.csv", [person(1), person(1)])
    assert [p.code for p in cohort.problems] == ["duplicate"]
