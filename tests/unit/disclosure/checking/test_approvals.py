"""Two named people, blind to each other, and none of them who made the release: every way round it is refused."""

import json
from itertools import product

import pytest

from likeforlike.disclosure.checking.approvals import OWNER, Approvals
from likeforlike.errors import InputProblem

FIRST, SECOND = "a" * 64, "b" * 64
DAY = "2026-11-23T09:00:00Z"


def submitted(*, green: bool = True) -> Approvals:
    return Approvals.submit(
        FIRST, by="Vera Clerk", at=DAY, submitter="Sam Charity", analyst="Ann Lyst", green=green
    )


def voted(*votes: str, begin: Approvals | None = None) -> Approvals:
    review = begin or submitted()
    for vote, by in zip(votes, ("Chris One", "Dana Two", "Eve Three"), strict=False):
        review = review.vote(vote, by=by, at=DAY, release_sha256=review.release_sha256, reason="Because.")
    return review


@pytest.mark.parametrize(
    ("votes", "state"),
    [
        ((), "submitted"),
        (("approve",), "partly reviewed"),
        (("approve", "approve"), "approved"),
        (("return", "return"), "returned"),
        (("reject", "reject"), "rejected"),
        (("approve", "return"), "in conflict"),
        (("return", "reject"), "in conflict"),
        (("approve", "reject", "approve"), "approved"),
        (("approve", "reject", "reject"), "rejected"),
        (("approve", "return", "return"), "returned"),
        (("approve", "return", "reject"), "returned"),
    ],
)
def test_the_state_after_votes(votes, state):
    assert voted(*votes).state == state
    assert voted(*votes).owner == OWNER[state]


def test_what_was_approved_may_be_finished_and_then_nothing_more():
    done = voted("approve", "approve").finish(FIRST, by="Pub Lisher", at=DAY)
    assert done.state == "released"
    with pytest.raises(InputProblem, match="over"):
        done.change(SECOND, by="Ann Lyst", at=DAY, green=True)


@pytest.mark.parametrize(
    "votes", [(), ("approve",), ("approve", "return"), ("return", "return"), ("approve", "return", "reject")]
)
def test_without_two_approvals_nothing_is_finished(votes):
    with pytest.raises(InputProblem, match="Two approvals"):
        voted(*votes).finish(FIRST, by="Pub Lisher", at=DAY)


@pytest.mark.parametrize("maker", ["Vera Clerk", "Sam Charity", "Ann Lyst", "  ann   LYST ", "Ａnn Lyst"])
def test_nobody_who_made_it_votes(maker):
    with pytest.raises(InputProblem, match="may not check it"):
        submitted().vote("approve", by=maker, at=DAY, release_sha256=FIRST)


@pytest.mark.parametrize("same", ["Chris One", "chris one", " Chris  One"])
def test_one_person_votes_once(same):
    with pytest.raises(InputProblem, match="voted on this release already"):
        voted("approve").vote("approve", by=same, at=DAY, release_sha256=FIRST)


def test_a_change_voids_votes_and_bars_who_made_it():
    review = voted("approve", "approve").change(SECOND, by="Fay Fixer", at=DAY, green=True)
    assert review.state == "submitted"
    with pytest.raises(InputProblem, match="may not check it"):
        review.vote("approve", by="Fay Fixer", at=DAY, release_sha256=SECOND)
    with pytest.raises(InputProblem, match="Two approvals"):
        review.finish(SECOND, by="Pub Lisher", at=DAY)
    again = voted("approve", "approve", begin=review)
    assert again.finish(SECOND, by="Pub Lisher", at=DAY).state == "released"


def test_a_vote_is_for_the_release_that_was_looked_at():
    review = submitted().change(SECOND, by="Ann Lyst", at=DAY, green=True)
    with pytest.raises(InputProblem, match="changed since"):
        review.vote("approve", by="Chris One", at=DAY, release_sha256=FIRST)
    with pytest.raises(InputProblem, match="changed since"):
        voted("approve", "approve").finish(SECOND, by="Pub Lisher", at=DAY)


def test_votes_are_hidden_until_both_are_in():
    one = voted("reject")
    assert not any(event.vote for event in one.seen_by("Dana Two"))
    assert [event.vote for event in one.seen_by("chris one") if event.vote] == ["reject"]
    assert "reject" not in repr(one)
    both = voted("reject", "approve")
    assert [event.vote for event in both.seen_by("Dana Two") if event.vote] == ["reject", "approve"]


def test_a_lone_vote_on_an_earlier_version_stays_hidden():
    review = voted("reject").change(SECOND, by="Ann Lyst", at=DAY, green=True)
    assert not any(event.vote for event in review.seen_by("Dana Two"))


def test_a_fourth_vote_is_not_wanted():
    with pytest.raises(InputProblem, match="No vote is wanted"):
        voted("approve", "approve", "approve")


def test_disagreement_may_be_sent_back_by_a_checker_only():
    review = voted("approve", "return")
    with pytest.raises(InputProblem, match="Only one of its checkers"):
        review.send_back(by="Ann Lyst", at=DAY, reason="No.")
    assert review.send_back(by="Dana Two", at=DAY, reason="Row 3.").state == "returned"
    with pytest.raises(InputProblem, match="disagree"):
        voted("approve").send_back(by="Chris One", at=DAY, reason="No.")


def test_what_the_machine_found_needs_a_reason():
    red = submitted(green=False)
    with pytest.raises(InputProblem, match="machine's check"):
        red.vote("approve", by="Chris One", at=DAY, release_sha256=FIRST, reason=" ")
    assert red.vote("approve", by="Chris One", at=DAY, release_sha256=FIRST, reason="A year.").state


def test_only_who_made_it_takes_it_back():
    assert submitted().withdraw(by="Sam Charity", at=DAY).state == "withdrawn"
    with pytest.raises(InputProblem, match="take it back"):
        submitted().withdraw(by="Chris One", at=DAY)


def test_the_log_comes_back_as_it_was():
    for votes in product(("approve", "reject"), repeat=2):
        review = voted(*votes)
        assert Approvals.from_json(review.to_json()) == review


@pytest.mark.parametrize("text", ["", "[]", "{}", '[{"act": "voted"}]', "[1]"])
def test_what_is_no_log_is_refused_in_a_sentence(text):
    with pytest.raises(InputProblem, match="log of approvals"):
        Approvals.from_json(text)


def altered(change) -> str:
    events = json.loads(voted("approve", "reject").to_json())
    change(events)
    return json.dumps(events)


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events[2].update(previous="0" * 64),
        lambda events: events[1].update(vote="reject"),
        lambda events: events[0].update(makers=["Sam Charity"]),
        lambda events: events.pop(1),
        lambda events: events.reverse(),
    ],
    ids=["a hash", "a vote", "the makers", "one taken out", "another order"],
)
def test_a_log_that_was_changed_is_refused(change):
    with pytest.raises(InputProblem):
        Approvals.from_json(altered(change))


def test_a_forged_vote_with_right_hashes_is_refused_by_the_rules():
    review = voted("approve")
    events = json.loads(review.to_json())
    text = json.dumps([*events, {**events[-1], "by": "Ann Lyst", "previous": review.head}])
    with pytest.raises(InputProblem, match="may not check it"):
        Approvals.from_json(text)


@pytest.mark.parametrize(("name", "sha"), [("", FIRST), (" ", FIRST), ("Vera Clerk", "abc")])
def test_a_review_needs_names_and_a_hash(name, sha):
    with pytest.raises(InputProblem):
        Approvals.submit(sha, by=name, at=DAY, submitter="Sam", analyst="Ann", green=True)


@pytest.mark.parametrize("alike", ["Bo\u200bb", "B\u00adob", "bob.", " BOB ", "B\u00f6b", "\uff22ob"])
def test_a_name_that_looks_the_same_is_the_same_person(alike):
    once = Approvals.submit(FIRST, by="Ann", at=DAY, submitter="Sam", analyst="Ann", green=True).vote(
        "approve", by="Bob", at=DAY, release_sha256=FIRST
    )
    with pytest.raises(InputProblem, match="voted on this release already"):
        once.vote("approve", by=alike, at=DAY, release_sha256=FIRST)


def test_a_letter_of_another_alphabet_makes_no_second_person():
    once = Approvals.submit(FIRST, by="Ann", at=DAY, submitter="Sam", analyst="Ann", green=True)
    with pytest.raises(InputProblem, match="letters of one alphabet"):
        once.vote("approve", by="\u0412ob", at=DAY, release_sha256=FIRST)
