"""From scored candidates to links: one to one, nothing guessed at ties, reasons for the rest."""

import polars as pl
import pytest

from likeforlike.linkage.link import NO_CANDIDATES
from likeforlike.linkage.resolve import resolve

THRESHOLD = 0.9


def candidate(participant, person, weight, *, probability=0.99, named=False, alike=True):
    return (participant, person, float(weight), probability, named, alike)


def resolved(*candidates, participants=3):
    frame = pl.DataFrame(candidates, schema=NO_CANDIDATES, orient="row")
    return resolve(frame, pl.Series(range(participants), dtype=pl.Int64), THRESHOLD)


def links(result) -> dict[int, tuple[str, str]]:
    return {row["participant"]: (row["person_id"], row["how"]) for row in result.frame.to_dicts()}


def reasons(result) -> dict[int, str]:
    return dict(result.reasons.rows())


def test_the_best_person_is_linked():
    assert links(resolved(candidate(0, "A", 5), candidate(0, "B", 9))) == {0: ("B", "evidence")}


def test_the_threshold_is_part_of_the_links():
    result = resolved(candidate(0, "A", 5, probability=0.9), candidate(1, "B", 5, probability=0.89))
    assert links(result) == {0: ("A", "evidence")}
    assert reasons(result) == {1: "below the threshold", 2: "nobody alike"}


def test_an_identifier_links_below_the_threshold_when_it_is_borne_out():
    named = candidate(0, "A", -1, probability=0.3, named=True)
    assert links(resolved(named)) == {0: ("A", "identifier")}


def test_an_identifier_that_nothing_bears_out_is_a_conflict():
    named = candidate(0, "A", 2, probability=0.8, named=True, alike=False)
    result = resolved(named)
    assert links(result) == {}
    assert result.conflicts == 1


def test_an_identifier_does_not_stand_against_somebody_who_fits_better():
    result = resolved(candidate(0, "A", 12, named=True), candidate(0, "B", 30))
    assert links(result) == {0: ("B", "evidence")}
    assert result.conflicts == 1


def test_a_tie_between_persons_is_not_guessed():
    result = resolved(candidate(0, "A", 9), candidate(0, "B", 9), candidate(0, "C", 8))
    assert links(result) == {}
    assert reasons(result)[0] == "several people fit equally"


def test_a_person_goes_to_the_participant_who_fits_best():
    result = resolved(candidate(0, "A", 9), candidate(1, "A", 10), candidate(0, "B", 8))
    assert links(result) == {1: ("A", "evidence")}
    assert reasons(result)[0] == "another participant fits better"


def test_two_participants_who_fit_one_person_equally_are_both_left():
    result = resolved(candidate(0, "A", 9), candidate(1, "A", 9))
    assert links(result) == {}
    assert reasons(result) == {
        0: "another participant fits equally",
        1: "another participant fits equally",
        2: "nobody alike",
    }


@pytest.mark.parametrize("participants", [0, 2])
def test_nobody_found(participants):
    result = resolved(participants=participants)
    assert result.frame.is_empty()
    assert result.reasons.height == participants
