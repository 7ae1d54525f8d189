"""Starts the made-up service: website, desk, worker, mailer, and the script that moves its requests on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from likeforlike.errors import InputProblem, LikeForLikeError
from likeforlike.labs import load_lab
from likeforlike_web.demo.home import Home, make_records

if TYPE_CHECKING:
    from likeforlike_web.demo.script import Script

PAUSE = 1.0
Link = tuple[str, str, bool, str]
"""A made-up person: name, what they do, whether for the lab, and their token."""


def run_demo(folder: Path, *, port: int, people: int, lab: str) -> None:
    """Make what is missing, start both processes, print the links, and stay until stopped.

    Raises
    ------
    InputProblem
        The folder cannot be written.
    """
    from likeforlike.cli.console import working

    home = Home(folder, port, lab)
    definition = load_lab(lab)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise InputProblem(f"'{folder}' cannot be written: give another folder with --home.") from None
    with working("Inventing people, records and a register", quiet=False) as progress:
        make_records(home, definition, people, progress)
    script, links = prepare(home, lab)
    processes = [start_website(home), start_desk(home), start_worker(home), start_mailer(home)]
    try:
        typer.echo(welcome(home, links))
        settled = False
        while all(process.poll() is None for process in processes):
            settled = settled or script.step()
            time.sleep(PAUSE)
        raise LikeForLikeError(
            f"Part of the service ended: is port {port} or {port + 1} taken? Give another with --port."
        )
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def prepare(home: Home, lab: str) -> tuple[Script, list[Link]]:
    """Django, the database, the people and their links, and the script with its lists."""
    os.environ.update(home.front())
    os.environ["DJANGO_SETTINGS_MODULE"] = "likeforlike_web.demo.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from likeforlike_web.demo.lists import tidy_lists, untidy
    from likeforlike_web.demo.people import PEOPLE, make_people
    from likeforlike_web.demo.script import REQUESTS, Script
    from likeforlike_web.demo.sign_in import token_of
    from likeforlike_web.uploads.models import UploadState

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    people = make_people()
    contents = tidy_lists(home.participants, load_lab(lab), len(REQUESTS))
    contents = [
        untidy(content) if wanted.list_state is UploadState.PROBLEMS else content
        for content, wanted in zip(contents, REQUESTS, strict=True)
    ]
    links = [
        (someone.name, someone.does, bool(someone.staff), token_of(people[someone.key])) for someone in PEOPLE
    ]
    return Script(people, contents, lab), links


def welcome(home: Home, links: list[Link]) -> str:
    """What is printed: the address, and a link for each person."""
    website, desk = (f"http://localhost:{port}" for port in (home.port, home.desk_port))
    lines = ["", f"Like for Like is at {website}/, its desk at {desk}/", "", "Sign in as a made-up person:"]
    lines += [
        f"  {name}, who {does}:\n    {desk if of_the_lab else website}/demo/{token}/"
        for name, does, of_the_lab, token in links
    ]
    lines += [
        "",
        "The worker takes requests through the lab while you look: in some minutes there is one at every stage.",
    ]
    return "\n".join([*lines, "Stop with Ctrl+C; start again to go on.", ""])


def start_website(home: Home) -> subprocess.Popen[bytes]:
    """gunicorn, with the website's settings and none of the vault's."""
    return _served(home.port, _world(home.front(), "likeforlike_web.demo.settings"))


def start_desk(home: Home) -> subprocess.Popen[bytes]:
    """gunicorn, with the desk's settings and no key."""
    return _served(home.desk_port, _world(home.desk(), "likeforlike_web.demo.desk_settings"))


def _served(port: int, world: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "likeforlike_web.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    command += ["--workers", "1", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
    return subprocess.Popen(command, env=world)  # noqa: S603


def start_worker(home: Home) -> subprocess.Popen[bytes]:
    """The worker, with the vault's settings."""
    command = [sys.executable, "-m", "likeforlike", "worker"]
    return subprocess.Popen(command, env=_world(home.vault(), "likeforlike_web.settings.vault"))  # noqa: S603


def start_mailer(home: Home) -> subprocess.Popen[bytes]:
    """The mailer, which writes the mails of a made-up service into a folder."""
    command = [sys.executable, "-m", "likeforlike", "mailer"]
    return subprocess.Popen(command, env=_world(home.front(), "likeforlike_web.settings.front"))  # noqa: S603


def _world(settings: dict[str, str], module: str) -> dict[str, str]:
    path = os.pathsep.join(part for part in sys.path if part)
    return settings | {
        "PYTHONPATH": path,
        "DJANGO_SETTINGS_MODULE": module,
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
