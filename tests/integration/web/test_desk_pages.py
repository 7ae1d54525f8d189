"""The desk's pages: for the lab's own people only, whole in every state, and enough to bring a request to its end."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case, latest_result
from likeforlike_web.cases.states import State

LAB = ("analyst", "second", "checker", "administrator")
FILLED = {
    "<slug:verb>": "note",
    "<slug:page>": "draft",
    "<path:name>": "report.html",
    "<int:number>": "1",
    "<int:job_id>": "1",
    "<int:user_id>": "1",
}


def patterns():
    """Every address of the desk that is not somebody else's."""
    for module, prefix in (("desk", ""), ("checking", "checking/"), ("custody", "custody/")):
        for pattern in get_resolver(f"likeforlike_web.{module}.urls").url_patterns:
            if getattr(pattern, "name", None) and pattern.name not in ("health", "home"):
                yield pattern.name, prefix + str(pattern.pattern)


def addresses(case):
    for name, pattern in patterns():
        path = pattern.replace("<uuid:case_id>", str(case.pk))
        for place, value in FILLED.items():
            path = path.replace(place, value)
        yield name, f"/{path}"


def post(client, case, name, *more, **said):
    return client.post(reverse(name, args=[case.pk, *more]), said)


def test_there_are_pages():
    assert len(list(patterns())) > 20


@pytest.mark.parametrize("state", State)
def test_no_page_breaks_in_any_state(world, desk, state):
    case = world.case_at(state)
    for person in LAB:
        client = desk(person)
        assert client.get("/").status_code == 200
        statuses = {name: client.get(address).status_code for name, address in addresses(case)}
        assert set(statuses.values()) <= {200, 302, 403, 404, 405}, (person, statuses)
        assert statuses["case"] == (404 if state is State.DRAFT else 200)
        assert statuses["custody"] == (200 if person == "administrator" else 403)


@pytest.mark.parametrize("person", [None, "provider", "stranger"])
def test_nobody_else_sees_any_of_it(world, desk, person):
    case = world.case_at(State.CHECKING)
    client = desk(person) if person else Client()
    for name, address in (*addresses(case), ("home", "/")):
        for answer in (client.get(address), client.post(address, {"text": "x"})):
            assert answer.status_code in (302, 403, 404, 405), name
            assert case.reference not in answer.content.decode(), name


def test_without_a_second_factor_nobody_gets_in(world, desk):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    assert desk("analyst").get("/").url == reverse("mfa_index")


def test_the_website_has_no_page_of_the_desk(world):
    from django.urls import NoReverseMatch

    client = Client()
    client.force_login(world.analyst)
    case = world.case_at(State.CHECKING)
    for name, address in addresses(case):
        assert client.get(address).status_code in (302, 403, 404), name
    with pytest.raises(NoReverseMatch):
        reverse("check", args=[case.pk])


def test_a_request_goes_from_arrival_to_publication(world, desk):
    from likeforlike_web.actions import publishing

    case = world.filled_in()
    world.step_send(case)
    analyst, second, checkers = desk("analyst"), desk("second"), (desk("checker"), desk("checker2"))
    assert "Waiting for you" in analyst.get("/").content.decode()
    post(analyst, case, "do", "take")
    post(analyst, case, "write", "message", text="We are reading it.")
    post(analyst, case, "do", "accept")
    post(analyst, case, "plan", text="months = 24")
    post(analyst, case, "do", "run")
    assert Case.objects.get(pk=case.pk).plan == {"months": 24}
    world.finish_run(case)
    post(analyst, case, "do", "ask-quality")
    post(second, case, "write", "fail-quality", text="Look at the balance of age.")
    assert "Look at the balance of age." in analyst.get(reverse("case", args=[case.pk])).content.decode()
    post(analyst, case, "do", "ask-quality")
    post(second, case, "do", "pass-quality")
    sha256 = latest_result(case).sha256
    for checker in checkers:
        page = checker.get(reverse("check", args=[case.pk])).content.decode()
        assert "People took part" in page or "The worst case" in page
        post(checker, case, "check", judgement="approve", release_sha256=sha256, reason="")
    assert Case.objects.get(pk=case.pk).where is State.FACTS
    publishing.confirm_facts(case.pk, by=world.provider)
    administrator = desk("administrator")
    assert case.reference in administrator.get(reverse("custody")).content.decode()
    post(administrator, case, "publication", sure="on")
    assert Case.objects.get(pk=case.pk).where is State.PUBLISHED
    post(administrator, case, "publication", text="The period was a year later.")
    assert case.messages.filter(about="correction").count() == 1


def test_a_wrong_plan_is_refused_in_a_sentence_and_what_was_typed_stays(world, desk):
    case = world.case_at(State.ACCEPTED)
    for text, said in (
        ("months = =", "not valid TOML text at line 1"),
        ("moths = 12", "there is no key &#x27;moths&#x27;"),
        ('measures = ["reofended"]', "reofended"),
    ):
        page = post(desk("analyst"), case, "plan", text=text).content.decode()
        assert said in page, text
        assert text.split(" ")[0] in page
    assert Case.objects.get(pk=case.pk).plan == {}
    assert post(desk("second"), case, "plan", text="months = 24").status_code == 404


def test_a_note_is_for_the_lab_alone(world, desk, settings):
    from likeforlike_web.settings.site import FRONT

    case = world.case_at(State.ACCEPTED)
    post(desk("analyst"), case, "write", "note", text="Their dates are odd.")
    settings.SITE, settings.ROOT_URLCONF = FRONT, FRONT.addresses
    page = desk("provider").get(reverse("progress", args=[case.pk])).content.decode()
    assert "Their dates are odd." not in page
    assert Event.objects.filter(case=case.reference, kind="note written").count() == 1


def test_a_text_that_is_missing_is_asked_for(world, desk):
    case = world.case_at(State.SUBMITTED)
    page = post(desk("analyst"), case, "write", "return", text="  ").content.decode()
    assert "Enter what the organisation must change" in page
    assert Case.objects.get(pk=case.pk).where is State.SUBMITTED
