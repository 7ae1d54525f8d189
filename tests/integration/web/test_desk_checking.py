"""Two checkers, each blind to the other, judge one release by its hash."""

import pytest
from django.urls import reverse

from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.states import State

REASON = "The flow tells too much of the smallest group."


def vote(desk, case, who, judgement, reason="", sha256=None):
    said = {"judgement": judgement, "reason": reason, "release_sha256": sha256 or latest_result(case).sha256}
    return desk(who).post(reverse("check", args=[case.pk]), said)


def page(desk, case, who):
    return desk(who).get(reverse("check", args=[case.pk]))


@pytest.fixture
def case(world, desk):
    return world.case_at(State.CHECKING)


def test_every_output_stands_beside_its_rules(desk, case):
    text = page(desk, case, "checker").content.decode()
    assert "The worst case" in text
    assert "Smallest group: met." in text
    assert "The provider&#x27;s own words: read them for anything about a person." in text


def test_nobody_sees_the_other_vote_before_both_are_cast(desk, case):
    vote(desk, case, "checker", "return", REASON)
    assert REASON in page(desk, case, "checker").content.decode()
    before = page(desk, case, "checker2").content.decode()
    assert REASON not in before
    assert "There is none that you may see" in before
    vote(desk, case, "checker2", "approve")
    for who in ("checker", "checker2"):
        after = page(desk, case, who).content.decode()
        assert REASON in after
        assert "The two checkers disagree" in after
    sent = desk("checker").post(
        reverse("send_back", args=[case.pk]), {"reason": "Take out the smallest group."}
    )
    assert sent.status_code == 302
    assert Case.objects.get(pk=case.pk).where is State.DRAFTED


def test_one_person_votes_once(desk, case):
    vote(desk, case, "checker", "approve")
    again = vote(desk, case, "checker", "approve")
    assert "Cast your vote" not in again.content.decode()
    assert case.votes.count() == 1


@pytest.mark.parametrize(
    ("judgement", "reason", "sha256", "said"),
    [
        ("return", " ", None, "Enter your reason"),
        ("", "", None, "Select your judgement"),
        ("approve", "", "c" * 64, "The release has changed since: look at it again."),
    ],
)
def test_a_vote_that_cannot_count_is_refused(desk, case, judgement, reason, sha256, said):
    assert said in vote(desk, case, "checker", judgement, reason, sha256).content.decode()
    assert case.votes.count() == 0


@pytest.mark.parametrize("who", ["analyst", "second", "administrator"])
def test_who_made_it_cannot_check_it(desk, case, who):
    assert page(desk, case, who).status_code == 404


def test_a_new_round_begins_without_votes(world, desk, case):
    from likeforlike_web.actions import review

    vote(desk, case, "checker", "approve")
    review.write_context(case.pk, "Changed.", by=world.analyst)
    world.step_ask_quality(case)
    world.step_pass_quality(case)
    assert "There is none that you may see" not in page(desk, case, "checker").content.decode()
    vote(desk, case, "checker2", "approve")
    assert Case.objects.get(pk=case.pk).where is State.CHECKING
