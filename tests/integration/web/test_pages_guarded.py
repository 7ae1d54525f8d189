"""Every page of a request: only its organisation sees it, every look is recorded, and none breaks in any state."""

import pytest
from django.test import Client
from django.urls import get_resolver

from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import latest_result
from likeforlike_web.cases.states import State
from likeforlike_web.uploads.models import UploadState

PATTERNS = [
    p
    for p in get_resolver("likeforlike_web.provider.urls").url_patterns
    if "<uuid:case_id>" in str(p.pattern)
]
FILLED = {"<slug:page>": "dates", "<path:name>": "report.html"}
FOUND = {
    "rows": 90,
    "people": 90,
    "must_fix": 1,
    "please_confirm": 1,
    "notes": ["Columns not read, which you need not send: 'Shoe size'."],
    "columns": [["First name", "A"], ["Surname", "AB"]],
    "unread": ["Nachname"],
    "sheet": "People",
    "problems": [
        {"column": "Surname", "code": "empty", "severity": "must_fix", "message": "M.", "remedy": "R.", "count": 30,
         "rows": list(range(2, 32))},
        {"column": None, "code": "odd", "severity": "please_confirm", "message": "Odd.", "remedy": "Look.", "count": 1,
         "rows": []},
        {"column": "Date of birth", "code": "missing_column", "severity": "must_fix", "message": "No.",
         "remedy": "Add.", "count": 1, "rows": []},
    ],
}  # fmt: skip


def addresses(case):
    for pattern in PATTERNS:
        path = str(pattern.pattern).replace("<uuid:case_id>", str(case.pk))
        for place, value in FILLED.items():
            path = path.replace(place, value)
        yield pattern.name, f"/requests/{path}"


def test_there_are_pages():
    assert len(PATTERNS) > 20


@pytest.mark.parametrize("state", State)
def test_no_page_breaks_in_any_state(world, state):
    case = world.case_at(state)
    client = Client()
    client.force_login(world.provider)
    statuses = {name: client.get(address).status_code for name, address in addresses(case)}
    assert set(statuses.values()) <= {200, 302, 404, 403}
    assert statuses["case"] == 302
    assert statuses["progress"] == 200
    shown = state in (State.FACTS, State.READY, State.PUBLISHED)
    assert (statuses["result"], statuses["result_file"]) == ((200, 200) if shown else (404, 404))


@pytest.mark.parametrize("found", [UploadState.PROBLEMS, UploadState.CONFIRM, UploadState.UNREADABLE])
def test_no_page_breaks_whatever_the_list_is(world, found):
    case = world.case_at(State.DRAFT)
    facts = {"sentence": "It is empty."} if found is UploadState.UNREADABLE else FOUND
    world.uploaded(case, found, facts)
    client = Client()
    client.force_login(world.provider)
    for name, address in addresses(case):
        assert client.get(address).status_code in (200, 302, 404), name
    page = client.get(f"/requests/{case.pk}/list/", follow=True).content.decode()
    assert {"problems": "Must fix", "confirm": "Please confirm", "unreadable": "It is empty."}[
        str(found)
    ] in page
    assert "&lt;" not in page


def test_the_notes_have_the_shape_of_the_list(world):
    from likeforlike_web.provider.problems import notes_sheet

    content = notes_sheet(FOUND, "Notes")
    assert content == notes_sheet(FOUND, "Notes")
    assert content[:2] == b"PK"


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.PUBLISHED])
@pytest.mark.parametrize("person", [None, "stranger", "analyst", "checker", "administrator"])
def test_nobody_else_sees_any_of_it(world, state, person):
    case = world.case_at(state)
    client = Client()
    if person:
        client.force_login(getattr(world, person))
    for name, address in addresses(case):
        for answer in (client.get(address), client.post(address, {"text": "x", "sure": "on"})):
            assert answer.status_code in (302, 403, 404, 405), name
            assert case.reference not in answer.content.decode(), name


def test_a_colleague_sees_all_of_it(world):
    case = world.case_at(State.PUBLISHED)
    client = Client()
    client.force_login(world.colleague)
    assert client.get(f"/requests/{case.pk}/result/").status_code == 200


def test_looks_and_downloads_are_recorded(world):
    case = world.case_at(State.PUBLISHED)
    client = Client()
    client.force_login(world.provider)
    client.get(f"/requests/{case.pk}/progress/")
    client.get(f"/requests/{case.pk}/result/report.html")
    events = Event.objects.filter(case=case.reference).order_by("-number")
    told = list(events.values_list("kind", "subject", "actor")[:3])
    me = f"user:{world.provider.pk}"
    assert told[0] == ("file downloaded", "report.html", me)
    assert told[2] == ("page viewed", "progress", me)


def test_a_refusal_is_recorded(world):
    from likeforlike_web.actions import lists
    from likeforlike_web.uploads.models import RequestKey

    case = world.case_at(State.DRAFT)
    RequestKey.objects.filter(case=case).update(destroyed="2026-01-01T00:00:00Z")
    client = Client()
    client.force_login(world.provider)
    answer = client.post(f"/requests/{case.pk}/upload/", {})
    assert answer.status_code == 403
    assert lists.DESTROYED in answer.content.decode()
    assert Event.objects.filter(kind="access refused", subject="upload").count() == 1


def test_a_report_brings_its_own_style_and_nothing_else(world):
    import base64
    import hashlib

    case = world.case_at(State.FACTS)
    client = Client()
    client.force_login(world.provider)
    answer = client.get(f"/requests/{case.pk}/result/report.html")
    style = base64.b64encode(hashlib.sha256(b"p{color:red}").digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{style}'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert latest_result(case).files.get(name="report.html").content


@pytest.mark.parametrize("page", ["contact", "dates", "aim", "completion"])
@pytest.mark.parametrize("typed", ["", "x" * 5_000, "<script>alert(1)</script>", "=1+1", "\x00", "31"])
def test_whatever_is_typed_is_kept_and_shown_as_text(world, page, typed):
    from likeforlike_web.cases.models import Case

    case = world.case_at(State.DRAFT)
    client = Client()
    client.force_login(world.provider)
    names = {
        "contact": ["name", "email"],
        "dates": ["first_0", "last_2"],
        "aim": ["aim", "support"],
        "completion": ["everyone"],
    }
    data = dict.fromkeys(names[page], typed)
    for completed in ("yes", "no"):
        answer = client.post(
            f"/requests/{case.pk}/tasks/{page}/", {**data, "completed": completed}, follow=True
        )
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()
    assert client.get(f"/requests/{case.pk}/tasks/{page}/").status_code == 200
    assert Case.objects.get(pk=case.pk).where is State.DRAFT


def test_the_head_of_the_record_is_public(world):
    world.case_at(State.SUBMITTED)
    told = Client().get("/audit/head.json").json()
    assert told["tree_size"] == Event.objects.count()
    assert len(told["root_hash"]) == 64
