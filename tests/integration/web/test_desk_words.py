"""The analyst's own words: into the report by way of the vault, without numbers of their own, read by checkers."""

import pytest
from django.urls import reverse

from likeforlike_web.actions import analysis, review
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.queue import claim
from likeforlike_web.uploads.models import UploadState, current_upload

WORDS = "The programme moved to another town.\nThat may have mattered."


def written(desk, case, person="analyst", text=WORDS):
    return desk(person).post(reverse("write", args=[case.pk, "context"]), {"text": text})


def draft(desk, case, number, person="analyst"):
    return desk(person).get(reverse("work", args=[case.pk, number, "draft"])).content.decode()


def test_words_make_the_report_anew_and_stand_beside_its_rules(world, desk):
    case = world.case_at(State.DRAFTED)
    assert "Write something for readers" in draft(desk, case, 1)
    assert written(desk, case, text=WORDS.replace("\n", "\r\n")).status_code == 302
    now = Case.objects.get(pk=case.pk)
    assert (now.where, now.context) == (State.RUNNING, WORDS)
    world.finish_run(case)
    assert "That may have mattered." in draft(desk, case, 2)
    assert "Change these words" in draft(desk, case, 2)
    assert "Change these words" not in draft(desk, case, 1), "an older result has no words to change"
    page = desk("analyst").get(reverse("write", args=[case.pk, "context"])).content.decode()
    assert "The programme moved to another town." in page
    world.step_ask_quality(case)
    world.step_pass_quality(case)
    page = desk("checker").get(reverse("check", args=[case.pk])).content.decode()
    assert "The analysts&#x27; words" in page
    assert "That may have mattered." in page
    assert "or that no figure shows" in page


@pytest.mark.parametrize("text", ["Of them 7 went to prison.", "About ½ of them.", "Some ٧ people."])
def test_a_number_of_their_own_is_refused_and_what_was_typed_stays(world, desk, text):
    case = world.case_at(State.DRAFTED)
    page = written(desk, case, text=text).content.decode()
    assert "Take these numbers out, for the report does not have them" in page
    assert text in page
    assert (Case.objects.get(pk=case.pk).where, latest_result(case).number) == (State.DRAFTED, 1)


def test_the_same_words_make_nothing_anew(world, desk):
    case = world.case_at(State.DRAFTED)
    assert "The report has these words already." in written(desk, case, text="  ").content.decode()


@pytest.mark.parametrize("person", ["second", "checker", "administrator"])
def test_they_are_the_analysts_alone(world, desk, person):
    case = world.case_at(State.CHECKING)
    assert written(desk, case, person).status_code == 404
    assert "Write something for readers" not in draft(desk, case, 1, person)
    assert Case.objects.get(pk=case.pk).context == ""


@pytest.mark.parametrize(
    "state", [State.ACCEPTED, State.RUNNING, State.STOPPED, State.READY, State.PUBLISHED]
)
def test_they_are_not_for_any_time(world, desk, state):
    assert written(desk, world.case_at(state)).status_code == 404


def test_without_the_list_nothing_can_be_made_anew(world):
    case = world.case_at(State.FACTS)
    upload = current_upload(case)
    upload.state = str(UploadState.DESTROYED)
    upload.save()
    with pytest.raises(NotAllowed, match="The list was deleted"):
        review.write_context(case.pk, WORDS, by=world.analyst)


def test_a_refusal_has_no_words(world):
    case = world.case_at(State.RUNNING)
    facts = {"headline": "", "release": "{}", "sha256": "c" * 64, "green": True, "files": {}}
    analysis.keep_result(claim("w"), status="refused", **facts)
    with pytest.raises(NotAllowed, match="A refusal says nothing"):
        review.write_context(case.pk, WORDS, by=world.analyst)
