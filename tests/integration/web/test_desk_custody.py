"""Running the lab: people, organisations, keys, jobs, the record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from likeforlike_web.accounts.models import Invitation, Organisation, User
from likeforlike_web.actions.retention import delete_what_is_due
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.models import Job, JobKind
from likeforlike_web.mails.models import Mail


def ask(desk, page, *args, **said):
    client = desk("administrator")
    return client.post(reverse(page, args=args), said) if said else client.get(reverse(page, args=args))


def test_a_person_is_changed_and_cannot_go_on(world, desk):
    checker = desk("checker")
    assert checker.get("/").status_code == 200
    answer = ask(desk, "person", world.checker.pk, staff=["is_analyst"], enabled="no", **{"expires_2": ""})
    assert answer.status_code == 302
    changed = User.objects.get(pk=world.checker.pk)
    assert (changed.is_analyst, changed.is_checker, changed.is_active) == (True, False, False)
    assert checker.get("/").status_code == 302
    assert Event.objects.filter(kind="person changed", subject=f"user:{changed.pk}").count() == 1


def test_access_ends_on_the_day_that_was_said(world, desk):
    ask(desk, "person", world.second.pk, staff=["is_analyst"], enabled="yes",
        expires_0="31", expires_1="3", expires_2="2020")  # fmt: skip
    assert User.objects.get(pk=world.second.pk).expires == date(2020, 3, 31)
    assert not User.objects.get(pk=world.second.pk).is_active
    wrong = ask(desk, "person", world.second.pk, staff=["is_analyst"], enabled="yes",
                expires_0="31", expires_1="2", expires_2="2027")  # fmt: skip
    assert "Enter a real date" in wrong.content.decode()


def test_nobody_changes_their_own_account(world, desk):
    answer = ask(desk, "person", world.administrator.pk, staff=[], enabled="no")
    assert "You cannot change your own account" in answer.content.decode()
    assert User.objects.get(pk=world.administrator.pk).is_administrator


def test_somebody_of_an_organisation_never_becomes_staff(world, desk):
    ask(desk, "person", world.provider.pk, staff=["is_analyst"], enabled="yes")
    assert not User.objects.get(pk=world.provider.pk).of_the_lab


def test_invitations_lead_to_the_right_place(world, desk):
    ask(desk, "organisations", name="  A new   charity ")
    made = Organisation.objects.get(name="A new charity")
    ask(desk, "invite", email="new@charity.test", organisation=str(made.pk))
    ask(desk, "invite", email="new@lab.test", staff=["is_checker"])
    assert "https://lab.example.org/invitation/" in Mail.objects.get(address="new@charity.test").body
    assert "//testserver/invitation/" in Mail.objects.get(address="new@lab.test").body
    assert Invitation.objects.get(email="new@lab.test").staff == ["is_checker"]
    for said in ({}, {"staff": ["is_checker"], "organisation": str(made.pk)}):
        assert "but not both" in ask(desk, "invite", email="x@y.test", **said).content.decode()
    assert "name already" in ask(desk, "organisations", name="a NEW charity").content.decode()


def test_lists_are_deleted_when_they_are_due(world, desk, settings):
    settings.KEEP_DAYS = 30
    at_rest, fresh, worked_on = (world.case_at(s) for s in (State.PUBLISHED, State.PUBLISHED, State.ACCEPTED))
    long_ago = timezone.now() - timedelta(days=40)
    Case.objects.filter(pk__in=[at_rest.pk, worked_on.pk]).update(since=long_ago)
    text = ask(desk, "keys").content.decode()
    assert text.count(">due<") == 1
    assert "not while it is worked on" in text
    made = delete_what_is_due()
    assert [job.case_id for job in made] == [at_rest.pk]
    assert delete_what_is_due() == []
    assert Case.objects.get(pk=fresh.pk).jobs.filter(kind="destroy").count() == 0


def test_a_key_is_destroyed_by_hand_only_at_rest(world, desk):
    running, case = world.case_at(State.ACCEPTED), world.case_at(State.PUBLISHED)
    ask(desk, "destroy_key", case.pk, sure="on")
    assert Job.objects.filter(case=case, kind="destroy").count() == 1
    assert ask(desk, "destroy_key", running.pk, sure="on").status_code == 404


@pytest.mark.parametrize(("kind", "state", "again"), [
    ("destroy", "failed", True), ("check", "failed", True), ("destroy", "done", False), ("run", "failed", False),
])  # fmt: skip
def test_a_job_that_failed_is_put_back(world, desk, kind, state, again):
    case = world.case_at(State.ACCEPTED)
    job = Job.objects.create(kind=str(JobKind(kind)), case=case, state=state, finished=timezone.now())
    answer = desk("administrator").post(reverse("retry_job", args=[job.pk]))
    assert answer.status_code == (302 if again else 403)
    assert Job.objects.filter(case=case, kind=kind, state="queued").exists() is again
    assert case.reference in ask(desk, "jobs").content.decode()


def test_the_record_is_searched_and_exported_and_the_search_is_in_it(world, desk):
    case = world.case_at(State.ACCEPTED)
    world.case_at(State.SUBMITTED)
    client, today = desk("administrator"), timezone.localdate()
    asked = {
        "case": case.reference,
        "actor": f"user:{world.analyst.pk}",
        "since": f"{today - timedelta(days=1)}",
    }
    text = client.get(reverse("record"), asked).content.decode()
    assert "2 events" in text
    assert "Analyst" in text
    lines = b"".join(client.get(reverse("record_export"), asked).streaming_content).decode().splitlines()
    assert len(lines) == 3
    assert "request accepted" in lines[2]
    found = Event.objects.filter(kind="record searched")
    assert [event.actor for event in found] == [f"user:{world.administrator.pk}"] * 2
    for odd in ({"since": "31/02/1990"}, {"since": "2026-02-31"}, {"page": "x"}, {"kind": "'\";--"}):
        assert client.get(reverse("record"), odd).status_code == 200, odd


def test_a_worker_that_fell_silent_is_seen(world, desk):
    from likeforlike_web.jobs.models import WorkerSeen
    from likeforlike_web.jobs.queue import be_seen

    client, now = desk("administrator"), timezone.now()

    def page():
        return client.get(reverse("custody")).content.decode()

    assert "not seen for a day" in page()
    be_seen("one")
    assert "at work" in page()
    WorkerSeen.objects.update(at=now - timedelta(minutes=7))
    assert "silent for 7 minutes" in page()
    WorkerSeen.objects.update(at=now - timedelta(days=2))
    be_seen("two")
    assert WorkerSeen.objects.values_list("worker", flat=True).get() == "two"


def test_nothing_of_the_record_acts_as_a_formula_in_a_spreadsheet(world, desk):
    from django.db import transaction

    from likeforlike_web.audit.kinds import Kind
    from likeforlike_web.audit.record import SYSTEM, record

    with transaction.atomic():
        record(Kind.DOWNLOADED, actor=SYSTEM, subject='=HYPERLINK("x")')
    lines = b"".join(desk("administrator").get(reverse("record_export")).streaming_content).decode()
    assert "\"'=HYPERLINK(" in lines


def test_the_published_head_is_that_of_the_whole_record(world):
    from likeforlike_web.audit.verify import head, verify

    for _ in range(2):
        world.case_at(State.SUBMITTED)
        found = verify()
        assert head() == (found.events, found.head)
