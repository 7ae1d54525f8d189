"""Everything that a program may ask, with keys of every kind."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from likeforlike_web.actions import lists
from likeforlike_web.api.models import Token
from likeforlike_web.api.tokens import READ, RESULTS, WRITE, end, make
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.queue import claim, done
from likeforlike_web.uploads.models import RequestKey, UploadState, current_upload
from support.web_settings import LAB_KEY
from support.web_world import ANSWERS, PASSWORD

pytestmark = pytest.mark.django_db
ALL = (READ, WRITE, RESULTS)
CSV = b"Forename,Surname\r\nZebedee,Quagmire\r\n"


class Program:
    """A program of the provider's organisation."""

    def __init__(self, user, scopes=ALL):
        self.key = make(user, "Case system", scopes, 30)

    def ask(self, way, path, told=None, **more):
        client = Client(headers={"authorization": f"Bearer {self.key}"})
        if told is not None:
            more |= {"data": json.dumps(told), "content_type": "application/json"}
        return getattr(client, way)(f"/api{path}", **more)

    def send_list(self, case, content=CSV, name="list.csv"):
        return self.ask("post", f"/requests/{case}/list", data={"list": SimpleUploadedFile(name, content)})


@pytest.fixture
def program(world):
    return Program(world.provider)


def typed(answers):
    """Answers as a program gives them: dates in one piece."""
    return {
        key: f"{int(value[2]):04}-{int(value[1]):02}-{int(value[0]):02}"
        if key in ("first", "last")
        else value
        for key, value in answers.items()
    }


def keep_check(case, found):
    """What the worker does."""
    job = claim("test")
    with transaction.atomic():
        lists.keep_check(current_upload(case), found, UploadState.CONFIRM)
        done(job)


def test_a_request_from_the_first_answer_to_the_lab(world, program, mailoutbox):
    told = {"lab": "justice", "answers": {page: typed(answers) for page, answers in ANSWERS.items()}}
    made = program.ask("post", "/requests", told)
    assert made.status_code == 201, made.content
    case = Case.objects.get(pk=made.json()["id"])
    assert case.answers == ANSWERS
    assert program.send_list(case.pk).json()["sentence"].startswith("The agreement is not signed yet")
    signatory = {"name": "Sam Signer", "job": "Director", "email": "sam@charity.test"}
    assert program.ask("post", f"/requests/{case.pk}/signatory", signatory).status_code == 200
    case.signatures.update(signed="2026-01-01T00:00Z", signed_name="Sam Signer")
    RequestKey.objects.create(public=str(LAB_KEY.to_public()))
    came = program.send_list(case.pk)
    assert came.status_code == 202, came.content
    assert came.json()["state"] == "checking"
    found = {
        "problems": [
            {
                "column": "Date of birth",
                "severity": "please_confirm",
                "message": "Older than 90.",
                "remedy": "Check the year.",
                "count": 1,
                "rows": [7],
                "code": "old",
            }
        ]
    }
    keep_check(case, found)
    told = program.ask("get", f"/requests/{case.pk}/list").json()
    assert told["problems"][0]["rows"] == [7]
    unsure = program.ask("post", f"/requests/{case.pk}/list/confirm", {"reason": "Checked.", "sure": False})
    assert unsure.status_code == 422
    sure = program.ask("post", f"/requests/{case.pk}/list/confirm", {"reason": "Checked.", "sure": True})
    assert sure.json()["state"] == "accepted"
    assert (
        program.ask("post", f"/requests/{case.pk}/send", {"true": True, "public": False}).status_code == 422
    )
    sent = program.ask("post", f"/requests/{case.pk}/send", {"true": True, "public": True})
    assert sent.status_code == 200, sent.content
    assert sent.json()["state"] == "Received"
    assert Case.objects.get(pk=case.pk).where is State.SUBMITTED
    assert Event.objects.filter(kind="request sent", actor=f"user:{world.provider.pk}").exists()
    again = program.ask("post", f"/requests/{case.pk}/send", {"true": True, "public": True})
    assert again.status_code == 409


def test_a_result_is_fetched_once_it_may_be_read(world, program):
    drafted = world.case_at(State.CHECKING)
    assert program.ask("get", f"/requests/{drafted.pk}").json()["files"] == []
    refused = program.ask("get", f"/requests/{drafted.pk}/files/report.html")
    assert refused.status_code == 409
    published = world.case_at(State.PUBLISHED)
    assert program.ask("get", f"/requests/{published.pk}").json()["files"] == ["report.html"]
    file = program.ask("get", f"/requests/{published.pk}/files/report.html")
    assert file.content.startswith(b"<!DOCTYPE html>")
    assert program.ask("get", f"/requests/{published.pk}/files/../../secret").status_code == 404
    assert Event.objects.filter(kind="file downloaded", case=published.reference).count() == 1


@pytest.mark.parametrize(
    ("scope", "way", "path", "told"),
    [
        (WRITE, "get", "/requests", None),
        (RESULTS, "get", "/labs", None),
        (READ, "post", "/requests", {"lab": "justice"}),
        (RESULTS, "put", "/requests/{}/answers/name", {"programme": "x"}),
        (READ, "post", "/requests/{}/send", {"true": True, "public": True}),
        (READ, "post", "/requests/{}/withdraw", None),
        (READ, "post", "/requests/{}/list", None),
        (WRITE, "get", "/requests/{}/files/report.html", None),
    ],
)
def test_a_key_does_no_more_than_it_was_made_for(world, scope, way, path, told):
    case = world.case_at(State.DRAFT)
    answer = Program(world.provider, [scope]).ask(way, path.format(case.pk), told)
    assert answer.status_code == 403
    assert "lacks the scope" in answer.json()["sentence"]


def test_others_requests_are_not_there(world):
    case = world.case_at(State.PUBLISHED)
    stranger = Program(world.stranger)
    for way, path in (
        ("get", ""),
        ("get", "/list"),
        ("get", "/files/report.html"),
        ("post", "/withdraw"),
    ):
        assert stranger.ask(way, f"/requests/{case.pk}{path}").status_code == 404
    assert stranger.ask("get", "/requests").json() == []


def test_a_key_that_ended_ran_out_or_never_was_opens_nothing(world, program, client):
    assert program.ask("get", "/requests").status_code == 200
    Token.objects.update(expires="2020-01-01")
    assert program.ask("get", "/requests").status_code == 401
    other = Program(world.provider)
    end(world.stranger, Token.objects.latest("pk").pk)
    assert other.ask("get", "/requests").status_code == 200
    end(world.provider, Token.objects.latest("pk").pk)
    assert other.ask("get", "/requests").status_code == 401
    third = Program(world.provider)
    world.provider.enabled = False
    world.provider.save()
    assert third.ask("get", "/requests").status_code == 401
    assert client.get("/api/requests").status_code == 401
    client.force_login(world.colleague)
    assert client.get("/api/requests").status_code == 401


def test_only_a_hash_of_a_key_is_kept(world, program):
    kept = json.dumps([list(Token.objects.values("sha256", "name", "scopes").first().values())])
    assert program.key not in kept
    assert program.key not in "".join(Event.objects.values_list("facts", flat=True))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"lab": "nowhere"}, "lab: choose one of"),
        ({"lab": "justice", "extra": 1}, "extra"),
        ({"lab": "justice", "answers": {"nowhere": {}}}, "There is no page of that name"),
        ({"lab": "justice", "answers": {"name": {"nothing": "x"}}}, "a question is unknown"),
        ({"lab": "justice", "answers": {"aim": {"support": "mentoring"}}}, "is a list"),
        ({"lab": "justice", "answers": {"dates": {"first": "soon"}}}, "is a date like 2019-04-01"),
        ({}, "lab"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_begun(world, program, told, sentence):
    answer = program.ask("post", "/requests", told)
    assert answer.status_code == 422
    assert sentence in answer.json()["sentence"]
    assert not Case.objects.exists()


def test_what_was_sent_is_not_repeated(program):
    answer = program.ask("post", "/requests", {"lab": ["Zebedee Quagmire"]})
    assert "Zebedee" not in answer.content.decode()


def test_a_list_of_another_kind_is_refused(world, program):
    case = world.case_at(State.DRAFT)
    RequestKey.objects.filter(case=case).update(public=str(LAB_KEY.to_public()))
    assert program.send_list(case.pk, name="list.exe").status_code == 422
    assert program.send_list(case.pk, content=b"").status_code == 422
    assert program.ask("post", f"/requests/{case.pk}/list").status_code == 422


def test_a_key_is_made_on_a_page_shown_once_and_ended(world):
    EmailAddress.objects.create(user=world.provider, email=world.provider.email, verified=True, primary=True)
    signed_in = Client()
    signed_in.post(reverse("account_login"), {"login": world.provider.email, "password": PASSWORD})
    assert "reauthenticate" in signed_in.get(reverse("tokens")).headers["Location"]
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = reverse("tokens")
    assert "Enter what the key is for" in signed_in.post(page, {"days": "30"}).content.decode()
    told = {"name": "Ledger bridge", "scopes": [READ], "days": "30"}
    made = signed_in.post(page, told).content.decode()
    assert "lfl_" in made
    assert "lfl_" not in signed_in.get(page).content.decode()
    assert "at most 365" in signed_in.post(page, told | {"days": "400"}).content.decode()
    token = Token.objects.get()
    signed_in.post(reverse("end_token", args=[token.pk]))
    assert "Ledger bridge" not in signed_in.get(page).content.decode()


def test_staff_make_no_keys(world):
    with pytest.raises(ValueError, match="organisation"):
        make(world.analyst, "x", [READ], 30)


def test_the_description_names_every_address(client):
    told = client.get("/api/openapi.json").json()
    ways = {(way, path) for path, each in told["paths"].items() for way in each}
    assert ("post", "/api/requests/{case_id}/list") in ways
    assert len(ways) == 12
    for path, each in told["paths"].items():
        for way, operation in each.items():
            assert operation["security"], (way, path)
            assert operation["description"], (way, path)
