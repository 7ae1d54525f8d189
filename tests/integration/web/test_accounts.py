"""Who gets in: by invitation, to that address, with a second factor in the lab, until the day that access ends."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from likeforlike_web.accounts.invitations import accept, invite, open_invitation
from likeforlike_web.accounts.models import Invitation, User
from likeforlike_web.audit.models import Event
from likeforlike_web.mails.models import Mail
from support.web_world import PASSWORD

SIGN_UP = {"password1": "seven wooden spoons", "password2": "seven wooden spoons", "name": "New Person"}


@pytest.fixture(autouse=True)
def no_earlier_tries(db):
    cache.clear()


@pytest.fixture
def client():
    return Client()


def told(kind):
    return Event.objects.filter(kind=kind).count()


def sign_in(client, user, password=PASSWORD):
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return client.post("/account/login/", {"login": user.email, "password": password})


def test_nobody_signs_up_uninvited(world, client):
    page = client.get("/account/signup/").content.decode()
    assert "You need an invitation" in page
    client.post("/account/signup/", {**SIGN_UP, "email": "new@charity.test"})
    assert not User.objects.filter(email="new@charity.test").exists()


def test_an_invitation_brings_one_person_in(world, client):
    token = invite("New@Charity.test", by=world.provider, organisation=world.charity)
    assert client.get(f"/invitation/{token}/").headers["Location"] == "/account/signup/"
    answer = client.post("/account/signup/", {**SIGN_UP, "email": "someone@else.test"})
    assert "Enter the email address that the invitation was sent to" in answer.content.decode()
    answer = client.post("/account/signup/", {**SIGN_UP, "email": "new@charity.test"})
    assert answer.status_code == 302
    made = User.objects.get(email="new@charity.test")
    assert (made.organisation, made.name, made.of_the_lab) == (world.charity, "New Person", False)
    assert EmailAddress.objects.get(user=made).verified
    assert open_invitation(token) is None
    assert Client().get(f"/invitation/{token}/").status_code == 410
    assert told("person joined") == 1


def test_an_invitation_ends(world, client):
    token = invite("new@charity.test", by=world.provider, organisation=world.charity)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/invitation/{token}/").status_code == 410


def test_an_invitation_to_the_lab_gives_its_roles_until_a_day(world):
    token = invite(
        "new@lab.test", by=world.administrator, staff=["is_checker"], access_until=date(2031, 1, 31)
    )
    user = User.objects.create_user("new@lab.test", PASSWORD, name="New")
    accept(token, user)
    assert (user.is_checker, user.is_analyst, user.expires) == (True, False, date(2031, 1, 31))


@pytest.mark.parametrize("to", [{}, {"staff": ["is_god"]}])
def test_an_invitation_is_to_something(world, to):
    with pytest.raises(ValueError, match="An invitation is to"):
        invite("new@lab.test", by=None, **to)


def test_the_link_is_kept_by_its_hash_alone(world):
    token = invite("new@charity.test", by=world.provider, organisation=world.charity)
    assert token not in repr(list(Invitation.objects.values()))


def test_a_colleague_is_invited_by_mail(world, client):
    client.force_login(world.provider)
    page = client.post("/your-organisation/", {"email": "not an address"}).content.decode()
    assert "in the correct format" in page
    client.post("/your-organisation/", {"email": "friend@charity.test"})
    sent = Mail.objects.get()
    assert sent.address == "friend@charity.test"
    assert "//testserver/invitation/" in sent.body
    assert world.charity.name not in sent.body


def test_signing_in_and_out_is_recorded(world, client):
    assert sign_in(client, world.provider).headers["Location"] == "/requests/"
    client.post("/account/logout/")
    assert (told("signed in"), told("signed out")) == (1, 1)


def test_a_wrong_password_is_recorded_without_what_was_typed(world, client):
    sign_in(client, world.provider, "my secret")
    assert told("sign-in failed") == 1
    assert "my secret" not in repr(list(Event.objects.values()))
    assert world.provider.email not in repr(list(Event.objects.values()))


def test_who_guesses_is_stopped_and_the_victim_is_not(world):
    guesser = Client(REMOTE_ADDR="192.0.2.1")
    for _ in range(6):
        answer = sign_in(guesser, world.provider, "a guess")
    assert "Too many failed login attempts" in answer.content.decode()
    assert "Too many failed login attempts" in sign_in(guesser, world.provider).content.decode()
    victim = Client(REMOTE_ADDR="192.0.2.2")
    assert sign_in(victim, world.provider).status_code == 302


@pytest.mark.parametrize("person", ["analyst", "checker", "administrator"])
@pytest.mark.parametrize("address", ["/", "/requests/", "/your-account/", "/prepare/"])
def test_staff_without_a_second_factor_set_one_up_first(world, client, person, address):
    client.force_login(getattr(world, person))
    assert client.get(address).headers["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200


def test_staff_with_an_app_are_asked_for_its_code(world, client):
    secret = generate_totp_secret()
    TOTP.activate(world.analyst, secret)
    answer = sign_in(client, world.analyst)
    assert answer.headers["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/your-account/").status_code == 302, "the password alone opens nothing"
    assert "Incorrect code" in client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/your-account/").status_code == 200
    assert told("signed in") == 1


@pytest.mark.parametrize("change", [{"expires": date(2020, 1, 1)}, {"enabled": False}])
def test_access_ends_at_once(world, client, change):
    client.force_login(world.provider)
    assert client.get("/requests/").status_code == 200
    User.objects.filter(pk=world.provider.pk).update(**change)
    assert client.get("/requests/").status_code == 302
    assert sign_in(Client(), world.provider).headers.get("Location") != "/requests/"


@pytest.mark.parametrize(
    "address",
    ["/account/login/", "/account/password/reset/", "/account/signup/"],
)
def test_pages_for_everybody(client, address):
    page = client.get(address).content.decode()
    assert "site.css" in page
    assert "<h1>" in page


@pytest.mark.parametrize(
    "address",
    ["/account/2fa/", "/account/sessions/", "/account/password/change/", "/account/email/", "/your-account/"],
)
def test_pages_of_an_account(world, client, address):
    EmailAddress.objects.create(user=world.provider, email=world.provider.email, verified=True, primary=True)
    client.force_login(world.provider)
    assert client.get(address).status_code == 200
