"""The public library: everything that was accepted is there, and says no more than it may."""

import pytest
from django.urls import reverse
from django.utils import timezone

from likeforlike_web.cases.states import State
from likeforlike_web.library.entries import CHOICES, found
from likeforlike_web.library.performance import counts, times

pytestmark = pytest.mark.django_db
NEVER = (State.DRAFT, State.SUBMITTED, State.RETURNED)
UNDER_WAY = (
    State.ACCEPTED,
    State.RUNNING,
    State.STOPPED,
    State.DRAFTED,
    State.QUALITY,
    State.CHECKING,
    State.FACTS,
)


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


@pytest.mark.parametrize("state", NEVER)
def test_what_was_not_accepted_is_not_there(world, client, state):
    case = world.case_at(state)
    assert found("", "") == []
    assert case.reference not in page(client, "library").content.decode()
    assert page(client, "library_entry", case.reference).status_code == 404


@pytest.mark.parametrize("state", UNDER_WAY)
def test_where_it_is_on_the_way_looks_the_same_to_everybody(world, client, state):
    other = world.case_at(State.ACCEPTED)
    case = world.case_at(state)
    answer = page(client, "library_entry", case.reference)
    text = answer.content.decode()
    assert "Under way" in text
    assert "We cannot yet tell." not in text
    assert page(client, "library_file", case.reference, "report.html").status_code == 404
    first = text.replace(case.reference, "")
    assert (
        page(client, "library_entry", other.reference).content.decode().replace(other.reference, "") == first
    )


def test_a_published_result_can_be_read_by_everybody(world, client):
    case = world.case_at(State.PUBLISHED)
    text = page(client, "library_entry", case.reference).content.decode()
    assert "We cannot yet tell." in text
    assert "Paths" in text
    assert "A charity" in text
    report = page(client, "library_file", case.reference, "report.html")
    assert report.status_code == 200
    assert "sha256-" in report.headers["Content-Security-Policy"]
    assert page(client, "library_file", case.reference, "secret.html").status_code == 404
    assert "Paths" in page(client, "library_feed").content.decode()


def test_what_was_accepted_and_taken_back_stays(world, client):
    from likeforlike_web.actions import ending, in_the_lab

    withdrawn, declined = (world.case_at(State.ACCEPTED) for _ in range(2))
    never = world.case_at(State.SUBMITTED)
    for case in (withdrawn, never):
        ending.withdraw(case.pk, by=world.provider)
    in_the_lab.decline(declined.pk, "Too few people.", by=world.analyst)
    assert {entry.case.reference: entry.status for entry in found("", "")} == {
        withdrawn.reference: "Withdrawn by its provider",
        declined.reference: "Ended without a result",
    }
    assert "Too few people." not in page(client, "library_entry", declined.reference).content.decode()


def test_a_search_finds_programmes_organisations_and_states(world, client):
    world.case_at(State.PUBLISHED)
    world.case_at(State.ACCEPTED)
    assert len(found("paths", "")) == 2
    assert len(found("a char", "Published")) == 1
    assert found("nothing like it", "") == []
    text = page(client, "library", words="<b>&\0", status="nowhere", page="x").content.decode()
    assert "Nothing was found." in text
    assert "<b>&" not in text


def test_how_long_it_takes_comes_from_the_record(world, client):
    for _ in range(3):
        world.case_at(State.PUBLISHED)
    world.case_at(State.ACCEPTED)
    by_way = {taken.way: taken for taken in times()}
    assert by_way["From being sent to being accepted"].requests == 4
    assert by_way["From being sent to publication"].requests == 3
    assert all(taken.days is not None and 0 <= taken.days < 1 for taken in by_way.values())
    assert dict(counts()) == dict.fromkeys(CHOICES, 0) | {"Under way": 1, "Published": 3}
    text = page(client, "performance").content.decode()
    assert "From being sent to publication" in text
    assert str(timezone.now().year) not in text.split("<main")[1].split("</main>")[0]


def test_a_median_of_too_few_is_not_shown(world):
    world.case_at(State.PUBLISHED)
    assert {taken.days for taken in times()} == {None}


def test_a_library_can_only_be_read(world, client):
    world.case_at(State.PUBLISHED)
    assert client.post(reverse("library")).status_code == 405
