"""A service in use: Django's own checks find nothing, and every answer carries its headers and closed cookies."""

import json
import os
import subprocess
import sys

import pytest
from pyrage import x25519
from source_tree import ROOT

from likeforlike.errors import InputProblem
from likeforlike_web.settings.environment import read_front, read_vault

IN_USE = {
    "LIKEFORLIKE_WEB_SECRET": "k9$Zq2!" * 10,
    "LIKEFORLIKE_WEB_HOSTS": "lab.example",
    "LIKEFORLIKE_WEB_KEY": str(x25519.Identity.generate().to_public()),
    "LIKEFORLIKE_WEB_MAIL": "smtp://user:secret@mail.example:587",
}
ASK = """
import json, django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable")
from django.test import Client
client = Client(headers={"host": "lab.example"})
found = {}
for address in ("/", "/check/", "/account/login/", "/nothing/", "/static/design/site.css", "/audit/head.json"):
    answer = client.get(address, secure=True)
    found[address] = [answer.status_code, dict(answer.headers), {k: dict(m) for k, m in answer.cookies.items()}]
found["plain"] = [client.get("/").status_code, {}, {}]
found["host"] = [Client(headers={"host": "other.example"}).get("/", secure=True).status_code, {}, {}]
print("FOUND", json.dumps(found))
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    home = tmp_path_factory.mktemp("in-use")
    path = os.pathsep.join([str(ROOT / "src"), *(p for p in sys.path if p)])
    places = {
        "LIKEFORLIKE_WEB_DATABASE": f"sqlite:///{home / 'db.sqlite3'}",
        "LIKEFORLIKE_WEB_UPLOADS": str(home / "uploads"),
    }
    return IN_USE | places | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "likeforlike_web.settings.front"}


@pytest.fixture(scope="module")
def answers(world):
    done = subprocess.run([sys.executable, "-c", ASK], env=world, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.split("FOUND", 1)[1])


def test_djangos_own_check(world):
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=world, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_no_model_was_changed_without_its_migration(world):
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    command += ["accounts", "audit", "cases", "jobs", "mails", "uploads"]
    done = subprocess.run(command, env=world, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "address", ["/", "/check/", "/account/login/", "/nothing/", "/static/design/site.css"]
)
def test_every_answer_carries_its_headers(answers, address):
    _, headers, _ = answers[address]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    if not address.startswith("/static"):
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store" or "no-store" in headers["Cache-Control"]


def test_cookies_are_this_hosts_alone(answers):
    cookies = answers["/check/"][2] | answers["/account/login/"][2]
    assert cookies
    for name, facts in cookies.items():
        assert name.startswith("__Host-")
        assert (facts["secure"], facts["path"], facts["domain"]) == (True, "/", "")
        assert facts["httponly"]
        assert facts["samesite"] in ("Lax", "Strict")


def test_plain_http_and_other_hosts_are_turned_away(answers):
    assert answers["plain"][0] == 301
    assert answers["host"][0] == 400
    assert answers["/nothing/"][0] == 404


def test_the_links_of_the_made_up_service_are_not_there(answers, world):
    code = "import django; django.setup(); from django.urls import resolve\nresolve('/demo/1~x/')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=world, capture_output=True, text=True, check=False
    )
    assert "Resolver404" in done.stderr


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"LIKEFORLIKE_WEB_SECRET": ""}, "LIKEFORLIKE_WEB_SECRET is not set"),
        ({"LIKEFORLIKE_WEB_SECRET": "short"}, "shorter than 50"),
        ({"LIKEFORLIKE_WEB_HTTP": "yes"}, "names other machines"),
        ({"LIKEFORLIKE_WEB_HTTP": "maybe"}, "yes or no"),
        ({"LIKEFORLIKE_WEB_KEY": " "}, "LIKEFORLIKE_WEB_KEY is not set"),
        ({"LIKEFORLIKE_VAULT_FOLDER": "x"}, "must not have the vault's settings"),
    ],
)
def test_settings_that_are_wrong_are_said(world, changed, words):
    with pytest.raises(InputProblem, match=words):
        read_front(world | changed)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"LIKEFORLIKE_VAULT_REGISTERS": "justice"}, "lab=folder"),
        ({"LIKEFORLIKE_VAULT_MEMORY": "much"}, "whole number"),
        ({"LIKEFORLIKE_VAULT_LEDGER": ""}, "LIKEFORLIKE_VAULT_LEDGER is not set"),
        ({"LIKEFORLIKE_ENGINE": "abacus"}, "duckdb or spark"),
    ],
)
def test_settings_of_the_vault_that_are_wrong_are_said(changed, words):
    names = ("IDENTITY", "KEYRING", "FOLDER", "LEDGER")
    right = {f"LIKEFORLIKE_VAULT_{name}": "x" for name in names} | {
        "LIKEFORLIKE_VAULT_REGISTERS": "justice=x"
    }
    assert read_vault(right).stage_memory == 4_000
    assert read_vault(right | {"LIKEFORLIKE_ENGINE": "spark"}).engine == "spark"
    with pytest.raises(InputProblem, match=words):
        read_vault(right | changed)


def test_a_ledger_that_all_labs_shared_is_refused(tmp_path):
    (tmp_path / "entries.jsonl").touch()
    names = ("IDENTITY", "KEYRING", "FOLDER")
    given = {f"LIKEFORLIKE_VAULT_{name}": "x" for name in names}
    given |= {"LIKEFORLIKE_VAULT_REGISTERS": "justice=x", "LIKEFORLIKE_VAULT_LEDGER": str(tmp_path)}
    with pytest.raises(InputProblem, match="into a folder there that has the lab's name"):
        read_vault(given)


def test_a_database_we_do_not_know():
    from likeforlike_web.settings.common import database

    assert database("postgresql://lab@/service?host=/run/postgresql")["HOST"] == "/run/postgresql"
    with pytest.raises(InputProblem, match="no database we know"):
        database("mysql://lab@host/name")
