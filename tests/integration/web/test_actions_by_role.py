"""Every action, by everybody, in every state: done or refused exactly as the tables say."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404

from likeforlike_web.actions import (
    agreement,
    analysis,
    ending,
    filling_in,
    in_the_lab,
    lists,
    notes,
    publishing,
    review,
)
from likeforlike_web.cases.actions import Action as A
from likeforlike_web.cases.load import roles_in, visible_to
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.permissions import may
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.states import State
from support.web_world import TEXT

SIGNATORY = {"name": "S", "job": "D", "email": "s@charity.test", "text": TEXT}
VOTE = {"release_sha256": "b" * 64, "reason": "Because."}
DO = {
    A.VIEW: lambda case, by: visible_to(by, case.pk),
    A.ANSWER: lambda case, by: filling_in.answer(case.pk, "name", {"programme": "x"}, completed=True, by=by),
    A.ASK_SIGNATURE: lambda case, by: agreement.ask_signature(case.pk, **SIGNATORY, by=by),
    A.UPLOAD: lambda case, by: lists.receive(case.pk, uuid4(), kind="csv", size=1, sha256="a" * 64, by=by),
    A.CONFIRM: lambda case, by: lists.confirm(case.pk, "Right.", by=by),
    A.SEND: lambda case, by: filling_in.send(case.pk, by=by),
    A.WITHDRAW: lambda case, by: ending.withdraw(case.pk, by=by),
    A.DELETE_DATA: lambda case, by: ending.delete_data(case.pk, "Asked.", by=by),
    A.MESSAGE: lambda case, by: publishing.write_message(case.pk, "Hello", by=by),
    A.TAKE: lambda case, by: in_the_lab.take(case.pk, by=by),
    A.ACCEPT: lambda case, by: in_the_lab.accept(case.pk, by=by),
    A.RETURN: lambda case, by: in_the_lab.send_back(case.pk, "Which?", by=by),
    A.DECLINE: lambda case, by: in_the_lab.decline(case.pk, "No.", by=by),
    A.NOTE: lambda case, by: notes.write_note(case.pk, "Look.", by=by),
    A.PLAN: lambda case, by: analysis.change_plan(case.pk, "months = 12", by=by),
    A.RUN: lambda case, by: analysis.run(case.pk, by=by),
    A.CANCEL: lambda case, by: analysis.cancel_run(case.pk, by=by),
    A.WRITE_CONTEXT: lambda case, by: review.write_context(case.pk, "x", by=by),
    A.ASK_QUALITY: lambda case, by: review.ask_quality(case.pk, by=by),
    A.PASS_QUALITY: lambda case, by: review.pass_quality(case.pk, by=by),
    A.FAIL_QUALITY: lambda case, by: review.fail_quality(case.pk, "Look again.", by=by),
    A.VOTE: lambda case, by: review.vote(case.pk, "approve", **VOTE, by=by),
    A.SEND_BACK: lambda case, by: review.return_disputed(case.pk, reason="No.", by=by),
    A.READ_DRAFT: lambda case, by: visible_to(by, case.pk, A.READ_DRAFT),
    A.COMMENT_FACTS: lambda case, by: publishing.comment_facts(case.pk, "x", by=by),
    A.CONFIRM_FACTS: lambda case, by: publishing.confirm_facts(case.pk, by=by),
    A.PUBLISH: lambda case, by: publishing.publish(case.pk, by=by),
    A.CORRECT: lambda case, by: publishing.correct(case.pk, "x", by=by),
}
BY_OTHERS = {A.SIGN, A.FINISH, A.FAIL, A.CLEAR, A.REJECT}
"""By the link of a mail, or by the worker alone: no function of a person does them."""
ALSO = {
    in_the_lab.TAKEN,
    review.SECOND_TAKEN,
    lists.NOTHING_TO_CONFIRM,
    "Only a release whose checkers disagree is sent back like this: vote instead.",
}
"""What may be said to somebody whom the tables allow, because of what else is the case."""


class Undone(Exception):
    pass


def outcome(do, case, by):
    """What came of it; nothing of it stays."""
    try:
        with transaction.atomic():
            do(case, by)
            raise Undone
    except Undone:
        return ""
    except NotAllowed as refusal:
        return str(refusal)
    except Http404:
        return "not there"


def test_every_action_of_a_person_is_tried():
    assert set(DO) | BY_OTHERS == set(A)


@pytest.mark.parametrize("state", State)
def test_everybody_tries_everything(world, state):
    case = world.case_at(state)
    wrong = []
    for name, person in world.people.items():
        roles = roles_in(person, case)
        for action, do in DO.items():
            allowed = any(may(role, state, action) for role in roles)
            said = outcome(do, case, person)
            if (said in {"", *ALSO}) != allowed or (said in ALSO and not allowed):
                wrong.append((name, str(action), allowed, said))
    assert wrong == []
    assert Case.objects.get(pk=case.pk).where is state


def test_an_account_that_has_expired_can_do_nothing(world):
    from datetime import date

    case = world.case_at(State.SUBMITTED)
    for person in (world.provider, world.analyst):
        person.expires = date(2020, 1, 1)
        person.save()
        assert outcome(DO[A.VIEW], case, person) == "not there"
        assert outcome(DO[A.ACCEPT], case, person)
