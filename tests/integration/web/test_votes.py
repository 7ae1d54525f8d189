"""Two blind, independent votes; any change resets them."""

import pytest
from django.db import transaction

from likeforlike_web.actions import analysis, review
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.states import State


@pytest.fixture
def case(world):
    return world.case_at(State.CHECKING)


def vote(case, person, judgement="approve", reason=""):
    sha256 = latest_result(case).sha256
    return review.vote(case.pk, judgement, release_sha256=sha256, reason=reason, by=person).where


def now(case):
    return Case.objects.get(pk=case.pk)


def test_two_approvals_clear_it(world, case):
    assert vote(case, world.checker) is State.CHECKING
    assert vote(case, world.checker2) is State.FACTS


def test_the_other_vote_is_not_seen_before_both_are_in(world, case):
    vote(case, world.checker, "reject", "One row is of few people.")
    assert review.seen_by(now(case), world.checker2) == []
    assert review.seen_by(now(case), world.analyst) == []
    assert [v.vote for v in review.seen_by(now(case), world.checker)] == ["reject"]
    vote(case, world.checker2, "reject", "So I think.")
    assert len(review.seen_by(now(case), world.analyst)) == 2


def test_nobody_votes_twice(world, case):
    vote(case, world.checker)
    with pytest.raises(NotAllowed, match="voted on this release already"):
        vote(case, world.checker)


@pytest.mark.parametrize(
    "person", ["provider", "colleague", "analyst", "second", "administrator", "stranger"]
)
def test_who_made_it_or_is_no_checker_does_not_vote(world, case, person):
    with pytest.raises(NotAllowed):
        vote(case, getattr(world, person))


def test_an_analyst_of_it_who_is_a_checker_elsewhere_does_not_vote(world):
    from likeforlike_web.actions import in_the_lab

    case = world.filled_in()
    world.step_send(case)
    in_the_lab.take(case.pk, by=world.both)
    in_the_lab.accept(case.pk, by=world.both)
    analysis.run(case.pk, by=world.both)
    world.finish_run(case)
    review.ask_quality(case.pk, by=world.both)
    review.pass_quality(case.pk, by=world.second)
    with pytest.raises(NotAllowed):
        vote(case, world.both)


@pytest.mark.parametrize(
    ("first", "second", "third", "state"),
    [
        ("approve", "approve", None, State.FACTS),
        ("return", "return", None, State.DRAFTED),
        ("reject", "reject", None, State.DECLINED),
        ("approve", "return", None, State.CHECKING),
        ("approve", "reject", "approve", State.FACTS),
        ("approve", "reject", "reject", State.DECLINED),
    ],
)
def test_what_votes_come_to(world, case, first, second, third, state):
    for person, judgement in (("checker", first), ("checker2", second), ("checker3", third)):
        if judgement:
            vote(case, getattr(world, person), judgement, "Because of the table.")
    assert now(case).where is state


def test_one_of_two_who_disagree_may_send_it_back(world, case):
    vote(case, world.checker)
    vote(case, world.checker2, "return", "One row is of few people.")
    with pytest.raises(NotAllowed):
        review.return_disputed(case.pk, reason="No.", by=world.checker3)
    assert review.return_disputed(case.pk, reason="We talked.", by=world.checker).where is State.DRAFTED


def test_a_change_of_the_words_voids_votes(world, case):
    vote(case, world.checker)
    review.write_context(case.pk, "Another context.", by=world.analyst)
    world.finish_run(case)
    review.ask_quality(case.pk, by=world.analyst)
    review.pass_quality(case.pk, by=world.second)
    assert vote(case, world.checker) is State.CHECKING, "the same person votes anew"
    assert vote(case, world.checker2) is State.FACTS


def test_a_new_result_voids_votes_and_old_pages(world, case):
    old = latest_result(case).sha256
    vote(case, world.checker)
    review.write_context(case.pk, "x", by=world.analyst)
    from likeforlike_web.jobs.queue import claim

    analysis.keep_result(
        claim("w"), status="released", headline="", release="{}", sha256="c" * 64, green=True, files={}
    )
    review.ask_quality(case.pk, by=world.analyst)
    review.pass_quality(case.pk, by=world.second)
    with pytest.raises(NotAllowed, match="changed since"), transaction.atomic():
        review.vote(case.pk, "approve", release_sha256=old, by=world.checker2)
    assert vote(case, world.checker2) is State.CHECKING


def test_what_the_machine_doubts_needs_a_reason(world):
    case = world.case_at(State.RUNNING)
    from likeforlike_web.jobs.queue import claim

    analysis.keep_result(
        claim("w"), status="released", headline="", release="{}", sha256="c" * 64, green=False, files={}
    )
    review.ask_quality(case.pk, by=world.analyst)
    review.pass_quality(case.pk, by=world.second)
    with pytest.raises(NotAllowed, match="say why"):
        vote(case, world.checker)
    assert vote(case, world.checker, reason="I looked at it.") is State.CHECKING
