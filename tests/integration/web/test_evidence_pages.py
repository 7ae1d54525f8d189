"""Evidence on the website: what a list of a size can show, and all published results together."""

import pytest
from django.urls import reverse

from likeforlike_web.cases.states import State
from support.reports import example

pytestmark = pytest.mark.django_db


def said(client, **query):
    answer = client.get(reverse("size"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_number_is_enough_to_say_what_a_list_can_show(client):
    assert '<form method="get"' in said(client)
    text = said(client, people="300")
    assert "What a list of 300 can show" in text
    assert "will likely be analysed" in text
    assert "Smallest true difference seen four times in five" in text
    assert "What would help" in text
    assert "When the data will exist" not in text
    assert "left this machine" not in text
    few = said(client, people="40")
    assert "at least 60 are needed" in few


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("", "Enter about how many"),
        ("many", "must be a number"),
        ("0", "must be 1 or more"),
        ("999999", "or fewer"),
    ],
)
def test_a_number_that_cannot_be_is_asked_again(client, people, sentence):
    text = said(client, people=people)
    assert sentence in text
    assert '<form method="get"' in text


def test_nothing_is_kept_of_the_question(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        said(client, people="300")


def test_there_is_nothing_to_put_together_at_first(client):
    answer = client.get(reverse("together"))
    assert "No result has been published yet" in answer.content.decode()


def test_published_results_are_put_together_and_the_unpublished_are_counted(world, client):
    for name, kind in (("Bridge Street", "lower"), ("Open Door", "higher")):
        release = example(kind)
        programme = release.programme.model_copy(update={"name": name})
        world.release = release.model_copy(update={"programme": programme})
        world.case_at(State.PUBLISHED)
    waiting = world.case_at(State.ACCEPTED)
    answer = client.get(reverse("together"))
    text = answer.content.decode()
    assert "Bridge Street" in text
    assert "Open Door" in text
    assert "It is not finished yet" in text
    assert waiting.reference not in text
    assert "sha256-" in answer.headers["Content-Security-Policy"]
    assert client.get(reverse("together")).content == answer.content
    library = client.get(reverse("library")).content.decode()
    assert reverse("together") in library


def test_one_result_says_so(world, client):
    world.case_at(State.PUBLISHED)
    assert "There is only one result to put together" in client.get(reverse("together")).content.decode()
