"""What is said of a list whose people may have been missed; nothing of an ordinary one."""

from datetime import date

import pytest

from support.links import candidate, candidates_of, linked_list, listed_people

PEOPLE = 40


def people(**changes):
    rows = [
        {
            "forename": f"Ann{i}",
            "surname": f"Bell{i}",
            "date_of_birth": date(1980, 1, 1 + i % 28),
            "postcode": f"AB1 {i % 10}CD",
            "gender": "female",
        }
        | changes
        for i in range(PEOPLE)
    ]
    return listed_people(*rows)


def notes(cohort, found=36, **kind):
    candidates = candidates_of(*(candidate(i, f"P{i}", 20, 0.999, **kind) for i in range(found)))
    links, _ = linked_list(cohort, candidates)
    return dict(links.notes.rows()), links


def test_nothing_is_said_of_an_ordinary_list():
    said, links = notes(people())
    assert said == {}
    assert "Mind" not in links.summary()


def test_few_found_are_said_with_both_recalls():
    said, links = notes(people(), found=10)
    assert set(said) == {"few_found"}
    assert "25% of the list are found, where the lab expects 85%" in said["few_found"]
    assert "29% of them are found, not the 100%" in said["few_found"]
    assert f"Mind: {said['few_found']}" in links.summary()
    assert links.to_dict()["notes"] == links.notes.to_dicts()


def test_a_few_less_than_expected_are_chance_in_a_short_list():
    assert notes(people(), found=31)[0] == {}


def test_nobody_found_at_all():
    said, _ = notes(people(), found=0)
    assert "0% of the list are found" in said["few_found"]


@pytest.mark.parametrize(
    ("changes", "note", "words"),
    [
        ({"surname": "Smith"}, "one_value", "Surname is the same in 100% of the rows"),
        ({"date_of_birth": None}, "missing", "Date of birth is missing in 100% of the rows"),
        ({"postcode": "AB1 2CD"}, "one_value", "Postcode is the same in 100%"),
    ],
)
def test_a_field_that_tells_nobody_apart(changes, note, words):
    said, _ = notes(people(**changes))
    assert set(said) == {note}
    assert said[note].startswith(words)


def test_identifiers_that_contradict_the_rest():
    said, _ = notes(people(), found=36, named=True, contradicted=True)
    assert "100% of the identifiers belong to somebody else" in said["identifiers"]
    assert notes(people(), found=36, named=True)[0] == {}


def test_an_empty_list_has_no_notes():
    links, _ = linked_list(listed_people(), candidates_of())
    assert links.notes.is_empty()
