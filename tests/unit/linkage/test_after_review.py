"""Links after people have looked: what they decided holds, in the links and in all that is said of them."""

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.linkage.relink import after_review, at_threshold
from support.links import candidate, candidates_of, linked_list, listed_people

JUDGED = {"participant": pl.Int64, "person_id": pl.String, "same": pl.Boolean}
CANDIDATES = candidates_of(
    candidate(0, "A", 20, 0.999),
    candidate(1, "B", 4, 0.93),
    candidate(1, "C", 0, 0.05),
    candidate(2, "D", 1, 0.6),
    candidate(3, "E", -3, 0.1, named=True),
    candidate(3, "F", -4, 0.05),
)


@pytest.fixture
def before():
    return linked_list(listed_people(*[{}] * 5), CANDIDATES)


def reviewed(before, *decisions):
    links, engine = before
    return after_review(links, engine, pl.DataFrame(decisions, schema=JUDGED, orient="row"))


def who(links) -> dict[int, str]:
    return dict(links.frame.select("participant", "person_id").rows())


def chosen(links) -> dict:
    return links.thresholds.row(by_predicate=pl.col("chosen"), named=True)


def test_before_the_review(before):
    assert who(before[0]) == {0: "A", 1: "B", 3: "E"}


def test_a_match_adds_a_link_and_the_flow_follows(before):
    links = reviewed(before, (2, "D", True))
    assert who(links) == {0: "A", 1: "B", 2: "D", 3: "E"}
    assert (before[0].flow.remaining, links.flow.remaining) == (3, 4)
    assert links.flow.steps[-1].lost == 1
    assert links.unlinked.rows() == [("nobody alike", 1)]


def test_a_no_match_takes_a_link_away_and_the_flow_follows(before):
    links = reviewed(before, (1, "B", False))
    assert who(links) == {0: "A", 3: "E"}
    assert links.flow.remaining == 2
    assert ("judged to be somebody else", 1) in links.unlinked.rows()


def test_a_match_with_the_second_best_replaces_the_best(before):
    assert who(reviewed(before, (1, "C", True)))[1] == "C"
    assert who(reviewed(before, (3, "F", True)))[3] == "F"


def test_no_decision_changes_nothing(before):
    links = reviewed(before)
    assert links.frame.equals(before[0].frame)
    assert links.quality.equals(before[0].quality)
    assert links.flow == before[0].flow


@pytest.mark.parametrize(
    "decisions",
    [
        [(2, "D", True)],
        [(1, "B", False)],
        [(1, "C", True)],
        [(3, "F", True), (3, "E", False)],
        [(0, "A", True), (1, "B", True), (2, "D", True), (3, "E", True)],
        [(0, "A", False), (1, "B", False), (2, "D", False), (3, "E", False)],
    ],
)
def test_expected_recall_is_one_at_most_and_the_thresholds_agree(before, decisions):
    links = reviewed(before, *decisions)
    for row in (links.quality.row(0, named=True), chosen(links)):
        assert row["expected_recall"] is None or 0 <= row["expected_recall"] <= 1


def test_what_was_decided_is_certain(before):
    links = reviewed(before, (2, "D", True), (1, "B", False))
    kept = dict(links.frame.select("participant", "match_probability").rows())
    assert kept == {0: 0.999, 2: 1.0, 3: 0.1}
    everyone = links.quality.row(0, named=True)
    assert everyone["expected_precision"] == pytest.approx((0.999 + 1 + 0.1) / 3, abs=1e-6)


@pytest.mark.parametrize(
    "decisions",
    [[(2, "D", True)], [(1, "B", False)], [(3, "E", False)], [(1, "C", True)], [(3, "F", True)]],
)
def test_the_labs_own_row_of_the_thresholds_is_the_links_as_they_are(before, decisions):
    links = reviewed(before, *decisions)
    assert chosen(links)["linked"] == links.frame.height


@pytest.mark.parametrize("threshold", [0.04, 0.5, 0.99])
@pytest.mark.parametrize(
    ("decision", "expected"),
    [((3, "E", False), None), ((1, "C", True), "C"), ((3, "F", True), "F"), ((2, "D", True), "D")],
)
def test_other_thresholds_do_not_overrule_people(before, threshold, decision, expected):
    links = reviewed(before, decision)
    others = at_threshold(links, before[1], threshold)
    participant, person, same = decision
    found = who(others).get(participant)
    assert found == expected if same else found != person


def test_another_threshold_before_any_review(before):
    links, engine = before
    assert who(at_threshold(links, engine, 0.5)) == {0: "A", 1: "B", 2: "D", 3: "E"}
    assert who(at_threshold(links, engine, 0.99)) == {0: "A", 3: "E"}
    assert at_threshold(links, engine, links.cohort.lab.linkage.threshold).frame.equals(links.frame)


def test_a_person_that_a_spreadsheet_renumbered_is_refused(before):
    with pytest.raises(InputProblem, match="names 1 people who were not among its pairs"):
        reviewed(before, (0, "a", True), (1, "B", True))


def test_what_was_decided_stays_with_the_links(before):
    links = reviewed(before, (1, "B", False), (2, "D", True))
    assert links.decisions.rows() == [(1, "B", False), (2, "D", True)]
    assert before[0].decisions.is_empty()
    assert at_threshold(links, before[1], 0.5).decisions.equals(links.decisions)
