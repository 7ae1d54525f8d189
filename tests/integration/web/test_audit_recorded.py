"""Events are written with what they tell of, and the database itself refuses to change them."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.merkle import root
from likeforlike_web.audit.models import Event
from likeforlike_web.audit.record import SYSTEM, record
from likeforlike_web.audit.verify import head, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    return [record(Kind.VIEWED, actor="user:1", case="LFL-1", page=number) for number in range(3)]


def test_an_untouched_record_holds(three):
    found = verify()
    assert (found.broken, found.events) == ("", 3)
    assert found.head == root([bytes.fromhex(event.sha256) for event in three]).hex()
    assert head() == (3, found.head)
    assert verify(upto=2).events == 2


@pytest.mark.parametrize(
    "sql",
    [
        "update audit_event set actor = 'user:2' where number = 2",
        "delete from audit_event where number = 2",
        "update audit_event set facts = facts",
    ],
)
def test_the_database_refuses(three, sql):
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert verify().broken == ""


def test_postgresql_refuses_truncate_too(three):
    sql = "truncate audit_event" if connection.vendor == "postgresql" else "delete from audit_event"
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_what_gets_past_the_database_is_found(three):
    """Somebody with the database administrator's rights takes the triggers away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("alter table audit_event disable trigger all")
        else:
            cursor.execute("drop trigger audit_event_no_update")
        cursor.execute("update audit_event set actor = 'user:9' where number = 2")
    assert verify().broken == "Entry 2 was changed."


def test_an_event_needs_the_transaction_of_its_deed(monkeypatch, db):
    monkeypatch.setattr(type(connection), "in_atomic_block", False, raising=False)
    with pytest.raises(RuntimeError, match="transaction"):
        record(Kind.VIEWED, actor=SYSTEM)


def test_a_deed_that_fails_leaves_no_event(world):
    from likeforlike_web.actions import filling_in
    from likeforlike_web.cases.policies import NotAllowed

    case = filling_in.start("justice", world.provider)
    before = Event.objects.count()
    with pytest.raises(NotAllowed, match="not completed"):
        filling_in.send(case.pk, by=world.provider)
    assert Event.objects.count() == before


def test_every_step_of_a_request_is_told(world):
    from likeforlike_web.cases.states import State

    case = world.case_at(State.PUBLISHED)
    told = list(Event.objects.filter(case=case.reference).values_list("kind", flat=True))
    steps = [
        *(
            Kind.STARTED,
            Kind.ANSWERED,
            Kind.SIGNATURE_ASKED,
            Kind.SIGNED,
            Kind.UPLOADED,
            Kind.CHECKED,
            Kind.SENT,
        ),
        *(Kind.TAKEN, Kind.ACCEPTED, Kind.RUN, Kind.RESULT, Kind.QUALITY_ASKED, Kind.QUALITY_PASSED),
        *(Kind.VOTED, Kind.CLEARED, Kind.FACTS_CONFIRMED, Kind.PUBLISHED),
    ]
    places = [told.index(str(kind)) for kind in steps]
    assert places == sorted(places)
    moves = [json.loads(f) for f in Event.objects.filter(case=case.reference).values_list("facts", flat=True)]
    ways = [(m["from"], m["to"]) for m in moves if "from" in m]
    assert [way[1] for way in ways[:-1]] == [way[0] for way in ways[1:]], (
        "each move begins where the last ended"
    )
    assert verify().broken == ""


def test_no_event_names_a_person(world):
    from likeforlike_web.cases.states import State

    world.case_at(State.FACTS)
    everything = " ".join(f"{e.actor} {e.subject} {e.facts}" for e in Event.objects.all())
    for secret in ("Ada", "Sam", "charity.test", "lab.test", "Paths"):
        assert secret not in everything
