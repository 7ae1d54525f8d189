"""A12: a provider's pages do not change when the computer is done, however long it took or wherever it stopped."""

import re

import pytest
from django.urls import reverse

from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State

pytestmark = pytest.mark.django_db
PAGES = ("progress", "case", "check_answers", "list", "result")


def seen(client, world, case):
    """Every page of a request as its provider has it, but for the secret of its forms."""
    client.force_login(world.provider)
    addresses = [reverse("home"), *(reverse(name, args=[case.pk]) for name in PAGES)]
    answers = [client.get(address) for address in addresses]
    return [
        (
            answer.status_code,
            re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*', "", answer.content.decode()),
        )
        for answer in answers
    ]


@pytest.mark.parametrize("ends", ["finish", "stop"])
def test_the_end_of_an_analysis_is_not_seen(world, client, ends):
    case = world.case_at(State.RUNNING)
    before = seen(client, world, case)
    getattr(world, f"step_{ends}")(case)
    assert Case.objects.get(pk=case.pk).where in (State.DRAFTED, State.STOPPED)
    assert seen(client, world, case) == before
    assert "Being analysed" in before[1][1]
