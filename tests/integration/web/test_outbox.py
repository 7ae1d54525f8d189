"""Mails: written with what they tell of, sent once, and the same whatever the news is."""

import logging
import smtplib
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from likeforlike_web.actions import in_the_lab, publishing
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State
from likeforlike_web.mails import send
from likeforlike_web.mails.models import Mail, MailState
from likeforlike_web.mails.outbox import write
from likeforlike_web.mails.wording import DEFAULT, MailKind
from support.mail_servers import Server, refusing


@pytest.fixture
def server(settings, monkeypatch):
    settings.MAIL_TRANSPORT = "support.mail_servers.Server"
    monkeypatch.setattr(Server, "taken", [])
    monkeypatch.setattr(Server, "fails", [])
    monkeypatch.setattr(Server, "after_taking", False)
    return Server


def waiting(kind=None):
    found = Mail.objects.filter(state="waiting")
    found = found.filter(kind=kind) if kind else found
    return sorted(found.values_list("address", flat=True))


def one(key="k"):
    write(MailKind.NEWS, "x@lab.test", key)
    return Mail.objects.get(key=key)


def test_a_mail_is_written_with_the_deed_or_not_at_all(world):
    case = world.case_at(State.ACCEPTED)
    Mail.objects.all().delete()
    with transaction.atomic():
        in_the_lab.send_back(case.pk, "Which years?", by=world.analyst)
        assert waiting() != []
        transaction.set_rollback(True)
    assert waiting() == []
    in_the_lab.send_back(case.pk, "Which years?", by=world.analyst)
    assert waiting() == waiting("news") != []


@pytest.mark.parametrize(("state", "told"), [
    (State.SUBMITTED, {"analyst", "second", "both"}),
    (State.QUALITY, {"second", "both"}),
    (State.CHECKING, {"checker", "checker2", "checker3", "both"}),
    (State.READY, {"administrator"}),
    (State.DRAFTED, {"analyst"}),
])  # fmt: skip
def test_the_lab_is_told_whose_turn_it_is(world, state, told, monkeypatch):
    from likeforlike_web.cases import notices

    reached = {}
    plain = notices._whose_turn
    monkeypatch.setattr(notices, "_whose_turn", lambda case: reached.setdefault(case.where, plain(case)))
    world.case_at(state)
    assert {user.email.partition("@")[0] for user in reached[state]} == told


def test_who_took_a_request_on_is_told_of_its_coming_back(world):
    from likeforlike_web.actions import filling_in

    case = world.case_at(State.RETURNED)
    Mail.objects.all().delete()
    filling_in.send(case.pk, by=world.provider)
    assert waiting() == ["analyst@lab.test"]


def test_organisations_hear_of_four_states_and_of_messages(world):
    case = world.case_at(State.PUBLISHED)
    texts = Mail.objects.filter(address="provider@lab.test", kind="news")
    assert texts.count() == 2, "the draft, and publication"
    publishing.write_message(case.pk, "Well done.", by=world.analyst)
    assert texts.count() == 3
    publishing.write_message(case.pk, "Thank you.", by=world.provider)
    assert texts.count() == 3
    assert Mail.objects.filter(address="analyst@lab.test").last().kind == "work"


def test_a_refusal_and_a_result_are_told_of_in_the_same_bytes(world):
    texts = {}
    for state in (State.RETURNED, State.FACTS, State.PUBLISHED, State.DECLINED):
        Mail.objects.all().delete()
        case = world.case_at(state)
        found = Mail.objects.filter(address="provider@lab.test", kind="news").last()
        texts[state] = (found.subject, found.body)
        for word in (case.reference, world.charity.name, world.provider.name, "http"):
            assert word not in f"{found.subject} {found.body}"
    assert len(set(texts.values())) == 1


def test_nobody_whose_access_ended_is_told(world):
    case = world.case_at(State.ACCEPTED)
    world.provider.enabled = False
    world.provider.save()
    Mail.objects.all().delete()
    in_the_lab.decline(case.pk, "No.", by=world.analyst)
    assert waiting() == []


def test_what_is_sent_leaves_nothing_behind(db, server):
    mail = one()
    assert send.send_due() == 1
    assert [m.to for m in server.taken] == [["x@lab.test"]]
    headers = server.taken[0].extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == send.message_of(mail).extra_headers["Message-ID"]
    mail.refresh_from_db()
    assert (mail.state, mail.address, mail.subject, mail.body) == ("sent", "", "", "")
    assert send.send_due() == 0
    write(MailKind.NEWS, "x@lab.test", "k")
    assert send.send_due() == 0, "the same key is never sent twice"
    assert len(server.taken) == 1


def test_while_the_server_is_away_mails_wait_untouched(db, settings, free_port_smtp):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port_smtp
    one()
    assert send.send_due() == 0
    assert Mail.objects.values_list("state", "attempts").get() == ("waiting", 0)


@pytest.fixture
def free_port_smtp():
    from support.web_service import free_port

    return free_port()


def test_a_server_that_is_busy_is_asked_later_and_later(db, server):
    mail = one()
    server.fails[:] = [refusing(451)]
    assert send.send_due() == 1
    mail.refresh_from_db()
    assert mail.state == "waiting"
    assert timedelta(seconds=50) < mail.due - timezone.now() < timedelta(seconds=70)
    assert send.send_due() == 0
    waits = [send.wait_after(n) for n in range(1, 13)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    Mail.objects.update(due=timezone.now(), attempts=send.MOST_ATTEMPTS - 1)
    server.fails[:] = [smtplib.SMTPDataError(452, b"full")]
    send.send_due()
    assert Mail.objects.get().state == "given up"


@pytest.mark.parametrize(("failure", "after", "state"), [
    (refusing(550), False, "given up"),
    (smtplib.SMTPSenderRefused(530, b"x", "x@lab.test"), False, "given up"),
    (smtplib.SMTPServerDisconnected("gone"), True, "unsure"),
    (TimeoutError("no answer"), True, "unsure"),
    (ValueError("x@lab.test is odd"), False, "given up"),
])  # fmt: skip
def test_what_may_have_arrived_is_never_sent_again_by_itself(db, server, caplog, failure, after, state):
    one()
    server.fails[:], server.after_taking = [failure], after
    with caplog.at_level(logging.INFO):
        assert send.send_due() == 1
    mail = Mail.objects.get()
    assert mail.state == state
    assert "lab.test" not in caplog.text + mail.error
    assert send.send_due() == 0
    assert len(server.taken) == int(after)


def test_a_sender_that_died_may_have_sent_it(db, server):
    one()
    held = send.claim()
    assert send.claim() is None, "nobody else gets it"
    assert send.send_due() == 0
    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    send.send_due()
    assert Mail.objects.get().state == "unsure"
    # it lives after all: what it notes does not count any more
    send._note(held, MailState.SENT, address="", subject="", body="", error="")
    assert Mail.objects.get().state == "unsure"
    assert server.taken == []


def test_what_was_never_sent_is_forgotten_when_it_is_of_no_use(db, server):
    one()
    Mail.objects.update(state="given up", made=timezone.now() - timedelta(days=15))
    send.tidy()
    assert Mail.objects.values_list("state", "address", "body").get() == ("forgotten", "", "")


def test_the_database_keeps_no_sent_mail_with_an_address(db):
    one()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(state="sent")


def test_mails_of_sign_in_wait_in_the_outbox_too(world, settings, server):
    settings.EMAIL_BACKEND = "likeforlike_web.mails.backend.Outbox"
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=world.provider, email=world.provider.email, verified=True, primary=True)
    Client().post("/account/password/reset/", {"email": world.provider.email})
    assert waiting("account") == [world.provider.email]
    send.send_due()
    assert parseaddr(server.taken[0].to[0])[1] == world.provider.email


def test_administrators_change_the_words_and_send_again(world, desk, server):
    client = desk("administrator")
    page = client.get("/custody/mails/").content.decode()
    assert "Every mail was sent." in page
    bad = client.post("/custody/mails/invitation/", {"subject": "Come", "body": "Come in."}).content.decode()
    assert "Write $link where it is to be put in" in bad
    odd = client.post("/custody/mails/news/", {"subject": "News", "body": "$outcome"}).content.decode()
    assert "nothing to put there" in odd
    assert (
        client.post("/custody/mails/news/", {"subject": "A\nB", "body": "Sign in.\r\nPlease."}).status_code
        == 302
    )
    mail = one()
    assert (mail.subject, mail.body) == ("A B", "Sign in.\nPlease.\n")
    own = DEFAULT[MailKind.NEWS]
    client.post("/custody/mails/news/", {"subject": own.subject, "body": own.body})
    assert one("other").body == own.body
    server.fails[:] = [refusing(550), refusing(550)]
    send.send_due()
    page = client.get("/custody/mails/").content.decode()
    assert page.count("Send again") == 2
    assert "2 could not be sent" in client.get("/custody/").content.decode()
    assert client.post(f"/custody/mails/{mail.pk}/again/").status_code == 302
    assert client.post(f"/custody/mails/{mail.pk}/again/").status_code == 403
    send.send_due()
    assert len(server.taken) == 1
    assert client.get("/custody/mails/account/").status_code == 404
    assert desk("analyst").get("/custody/mails/").status_code == 403


def test_drafts_move_nobody(world):
    case = world.case_at(State.DRAFT)
    assert not Mail.objects.filter(kind__in=["news", "work"]).exists()
    assert Case.objects.get(pk=case.pk).where is State.DRAFT
