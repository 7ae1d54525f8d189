"""What the database itself refuses: two parts in a request, votes of the wrong people, staff in an organisation."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from likeforlike_web.accounts.models import User
from likeforlike_web.cases.models import Case, Message, Part, Result, Signature, Vote
from likeforlike_web.cases.states import State
from likeforlike_web.uploads.models import Upload


@pytest.fixture
def checking(world):
    case = world.case_at(State.CHECKING)
    return case, Part.objects.create(case=case, user=world.checker, role="output checker")


def cast(case, part, **facts):
    usual = {"case": case, "round": case.round, "part": part, "vote": "approve", "release_sha256": "b" * 64}
    return Vote.objects.create(**{**usual, **facts})


def refused(words="UNIQUE|unique|only its own"):
    return pytest.raises(DatabaseError, match=words)


def test_nobody_has_two_parts_in_a_request(world, checking):
    for role in ("output checker", "second analyst", "provider"):
        with refused(), transaction.atomic():
            Part.objects.create(case=checking[0], user=world.analyst, role=role)


def test_there_is_one_analyst_and_one_second(world, checking):
    for role in ("analyst", "second analyst"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Part.objects.create(case=checking[0], user=world.both, role=role)


@pytest.mark.parametrize("role", ["analyst", "second analyst", "output checker"])
def test_nobody_of_the_organisation_has_a_part_in_the_lab(world, checking, role):
    with refused("only its own organisation"), transaction.atomic():
        Part.objects.create(case=checking[0], user=world.colleague, role=role)


def test_nobody_else_provides_it(world, checking):
    for person in (world.stranger, world.both):
        with refused("only its own organisation"), transaction.atomic():
            Part.objects.create(case=checking[0], user=person, role="provider")


@pytest.mark.parametrize("role", ["analyst", "second analyst", "provider"])
def test_only_a_checker_votes(checking, role):
    case, _ = checking
    with refused("a vote is cast by a checker"), transaction.atomic():
        cast(case, case.parts.get(role=role))


def test_a_checker_of_another_request_does_not_vote(world, checking):
    other = world.case_at(State.CHECKING)
    with refused("a vote is cast by a checker"), transaction.atomic():
        cast(other, checking[1])


def test_a_checker_votes_once_a_round_in_the_round_that_is_open(checking):
    case, part = checking
    cast(case, part)
    with refused(), transaction.atomic():
        cast(case, part)
    for late in (case.round - 1, case.round + 1):
        with refused("in the round that is open"), transaction.atomic():
            cast(case, part, round=late)


def test_nobody_votes_outside_checking(world):
    case = world.case_at(State.DRAFTED)
    part = Part.objects.create(case=case, user=world.checker, role="output checker")
    with refused("in the round that is open"), transaction.atomic():
        cast(case, part)


def test_a_refusal_needs_its_reason(checking):
    with pytest.raises(IntegrityError), transaction.atomic():
        cast(*checking, vote="reject")


@pytest.mark.parametrize("model", [Part, Vote, Result, Message])
def test_what_was_decided_stays(world, checking, model):
    cast(*checking)
    Message.objects.create(case=checking[0], author=world.analyst, side="lab", text="Hello")
    for change in (lambda q: q.update(case=q.first().case), lambda q: q._raw_delete(q.db)):
        with refused("only grows"), transaction.atomic():
            change(model.objects.filter(pk=model.objects.first().pk))


@pytest.mark.parametrize("role", ["is_analyst", "is_checker", "is_administrator"])
def test_nobody_is_of_the_lab_and_of_an_organisation(world, role):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=world.provider.pk).update(**{role: True})


def test_a_state_that_is_none(checking):
    for state in ("gone", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=checking[0].pk).update(state=state)


def test_who_signed_and_when_go_together(checking):
    signature = Signature.objects.filter(case=checking[0])
    for change in ({"signed": None}, {"signed_name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            signature.update(**change)


def test_a_request_has_one_current_list(checking):
    before = Upload.objects.filter(case=checking[0]).get()
    before.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.create(case=checking[0], by=before.by, kind="csv", size=1, ciphertext_sha256="c" * 64)
