"""The website is given all it has, and more: it can open no list, and no name from one is anywhere in its reach."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pyrage import DecryptError, decrypt, x25519

from likeforlike.errors import InputProblem
from likeforlike_web.demo.home import Home
from likeforlike_web.settings.environment import read_front, read_vault
from support.web_service import ROOT, Service

SECRET = re.compile(rb"AGE-SECRET-KEY-[A-Z0-9-]+")


@pytest.fixture(scope="module")
def service(twin, tidy_list, tmp_path_factory):
    made = Service(Home(tmp_path_factory.mktemp("front"), 0, "justice"), twin.register)
    made.seed("running", file=str(tidy_list))
    return made


@pytest.fixture(scope="module")
def names(tidy_list):
    """Surnames on the list that are long enough not to stand anywhere by chance."""
    rows = tidy_list.read_text(encoding="utf-8").splitlines()
    place = rows[0].split(",").index("Surname")
    found = sorted({row.split(",")[place].encode() for row in rows[1:]} - {b""})
    return [name for name in found if len(name) > 6][:50]


def within_reach(service):
    """Every byte that the website's process can read: its environment, database, uploads, mails."""
    found = {"environment": repr(service.home.front()).encode()}
    for path in service.home.folder.rglob("*"):
        if path.is_file() and "vault" not in path.relative_to(service.home.folder).parts:
            found[str(path)] = path.read_bytes()
    database = service.home.front()["LIKEFORLIKE_WEB_DATABASE"].removeprefix("sqlite:///")
    connection = sqlite3.connect(database)
    found["dump"] = "\n".join(connection.iterdump()).encode()
    connection.close()
    return found


def uploads(service):
    return sorted(Path(service.home.front()["LIKEFORLIKE_WEB_UPLOADS"]).glob("*.age"))


def test_there_is_something_to_open(service, names):
    assert uploads(service)
    assert len(names) > 10
    vault = Path(service.vault()["LIKEFORLIKE_VAULT_IDENTITY"])
    assert SECRET.search(vault.read_bytes()), "the search below would find a key"


def test_no_private_key_is_within_reach(service):
    assert [place for place, content in within_reach(service).items() if SECRET.search(content)] == []


def test_nothing_within_reach_opens_an_upload(service):
    """Every word that could be a key is tried, both ways round."""
    words = {
        word
        for content in within_reach(service).values()
        for word in re.findall(rb"[A-Za-z0-9-]{50,90}", content)
    }
    tried = 0
    for word in words:
        try:
            identity = x25519.Identity.from_str(word.decode())
        except Exception:
            continue
        tried += 1
        for upload in uploads(service):
            with pytest.raises(DecryptError):
                decrypt(upload.read_bytes(), [identity])
    assert tried == 0


def test_the_website_refuses_to_start_with_the_vaults_settings(service):
    with pytest.raises(InputProblem, match="must not have"):
        read_front(service.vault())
    with pytest.raises(InputProblem, match="not set"):
        read_vault(service.home.front())


def test_the_worker_cannot_run_in_the_websites_world(service):
    world = service.world(service.home.front(), "likeforlike_web.settings.vault")
    command = [sys.executable, "-m", "likeforlike", "worker", "--until-idle"]
    done = subprocess.run(command, env=world, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "LIKEFORLIKE_VAULT_IDENTITY is not set" in done.stderr


def test_no_name_from_the_list_is_within_reach(service, names):
    for place, content in within_reach(service).items():
        assert [name for name in names if name in content] == [], place


def test_the_website_never_loads_what_opens_an_upload(service):
    """Not even after it has answered: no module of the worker is in its process."""
    code = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
for address in ("/", "/check/", "/prepare/", "/account/login/", "/audit/head.json", "/requests/"):
    assert Client(headers={"host": "localhost"}).get(address).status_code in (200, 302), address
import sys
print("LOADED", *sorted(m for m in sys.modules if m.startswith("likeforlike_web.worker")))
"""
    world = service.world(service.home.front(), "likeforlike_web.settings.front") | {
        "PATH": os.environ["PATH"]
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=world,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("LOADED")[1].split() == []
