"""From scored candidates to links: one to one, nothing guessed at ties, reasons for the rest."""

import polars as pl
import pytest

from likeforlike.linkage.resolve import overrule, resolve
from support.links import candidate, candidates_of

THRESHOLD = 0.9
JUDGED = {"participant": pl.Int64, "person_id": pl.String, "same": pl.Boolean}


def resolved(*candidates, participants=3):
    everyone = pl.Series(range(participants), dtype=pl.Int64)
    return resolve(candidates_of(*candidates), everyone, THRESHOLD)


def reviewed(candidates, *decisions):
    return overrule(
        resolved(*candidates),
        candidates_of(*candidates),
        pl.DataFrame(decisions, schema=JUDGED, orient="row"),
    )


def links(result) -> dict[int, tuple[str, str]]:
    return {row["participant"]: (row["person_id"], row["how"]) for row in result.frame.to_dicts()}


def reasons(result) -> dict[int, str]:
    return dict(result.reasons.rows())


def test_the_best_person_is_linked():
    assert links(resolved(candidate(0, "A", 5), candidate(0, "B", 9))) == {0: ("B", "evidence")}


def test_the_threshold_is_part_of_the_links():
    result = resolved(candidate(0, "A", 5, probability=0.9), candidate(1, "B", 3, probability=0.89))
    assert links(result) == {0: ("A", "evidence")}
    assert reasons(result) == {1: "below the threshold", 2: "nobody alike"}


def test_an_identifier_links_below_the_threshold_when_it_is_borne_out():
    named = candidate(0, "A", -1, probability=0.3, named=True)
    assert links(resolved(named)) == {0: ("A", "identifier")}


def test_an_identifier_that_nothing_bears_out_is_a_conflict():
    named = candidate(0, "A", 2, probability=0.8, named=True, borne_out=False)
    result = resolved(named)
    assert links(result) == {}
    assert result.conflicts == 1


def test_an_identifier_that_is_neither_borne_out_nor_contradicted_needs_the_threshold():
    named = candidate(0, "A", 5, probability=0.95, named=True, borne_out=False)
    assert links(resolved(named)) == {0: ("A", "identifier")}


@pytest.mark.parametrize("probability", [0.0001, 0.5, 0.95, 1.0])
def test_an_identifier_that_name_and_birth_date_contradict_never_links(probability):
    named = candidate(0, "A", 40, probability=probability, named=True, contradicted=True)
    result = resolved(named)
    assert links(result) == {}
    assert result.conflicts == 1
    assert reasons(result)[0] == "an identifier and the other details contradict each other"


def test_a_contradicted_identifier_does_not_stand_against_the_right_person():
    wrong = candidate(0, "A", 20, probability=0.05, named=True, contradicted=True)
    assert links(resolved(wrong, candidate(0, "B", 15, 0.95))) == {0: ("B", "evidence")}


def test_an_identifier_does_not_stand_against_somebody_who_fits_better():
    result = resolved(candidate(0, "A", 12, named=True), candidate(0, "B", 30))
    assert links(result) == {0: ("B", "evidence")}
    assert result.conflicts == 1


def test_a_tie_between_persons_is_not_guessed():
    result = resolved(candidate(0, "A", 9), candidate(0, "B", 9), candidate(0, "C", 8))
    assert links(result) == {}
    assert reasons(result)[0] == "several people fit about equally"


def test_near_ties_share_the_probability_and_are_not_guessed():
    result = resolved(candidate(0, "A", 9.1, 0.52), candidate(0, "B", 9, 0.48))
    assert links(result) == {}
    assert reasons(result)[0] == "several people fit about equally"


def test_nobody_fits_well_even_alone():
    assert reasons(resolved(candidate(0, "A", 3, 0.88)))[0] == "below the threshold"


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


def test_a_pair_judged_the_same_is_linked():
    result = reviewed([candidate(0, "A", 1, 0.6)], (0, "A", True))
    assert links(result) == {0: ("A", "review")}
    assert result.frame["match_probability"].to_list() == [1.0]
    assert reasons(result) == {1: "nobody alike", 2: "nobody alike"}


def test_a_pair_judged_different_is_no_link():
    result = reviewed([candidate(0, "A", 9)], (0, "A", False))
    assert links(result) == {}
    assert reasons(result)[0] == "judged to be somebody else"


def test_a_pair_that_was_no_link_and_is_judged_different_keeps_its_reason():
    assert reasons(reviewed([candidate(0, "A", 1, 0.6)], (0, "A", False)))[0] == "below the threshold"


def test_a_judgement_replaces_the_links_of_both_sides():
    result = reviewed([candidate(0, "A", 9), candidate(0, "B", 2, 0.1), candidate(1, "B", 9)], (0, "B", True))
    assert links(result) == {0: ("B", "review")}
    assert reasons(result)[1] == "judged to be somebody else"


def test_an_identifier_that_reviewers_believe_is_no_conflict_any_more():
    candidates = [
        candidate(0, "A", 12, named=True, contradicted=True, probability=0.2),
        candidate(0, "B", 30),
    ]
    assert resolved(*candidates).conflicts == 1
    assert reviewed(candidates, (0, "A", True)).conflicts == 0


def test_judgements_about_nobody_change_nothing():
    candidates = [candidate(0, "A", 9), candidate(1, "B", 3, 0.5)]
    assert reviewed(candidates).frame.equals(resolved(*candidates).frame)
    assert reasons(reviewed(candidates)) == reasons(resolved(*candidates))


def test_a_judgement_about_somebody_who_is_no_candidate_takes_no_link_away():
    """A person's number that a spreadsheet rewrote (00123 to 123) must not cost a participant their link."""
    assert links(reviewed([candidate(0, "00123", 9)], (0, "123", True))) == {0: ("00123", "evidence")}
