"""`likeforlike website`: the pages, served by gunicorn."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from likeforlike_web.commands.start import require_libraries


def website(
    address: Annotated[
        str, typer.Option(help="Address to listen on, behind the reverse proxy.")
    ] = "127.0.0.1:8000",
    processes: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 2,
) -> None:
    """Serve the website, after bringing its database up to date.

    It needs the settings of the website, and refuses to start with those of the vault.

    Example: likeforlike website --address 127.0.0.1:8000
    """
    require_libraries()
    from likeforlike_web.commands.start import start_django

    start_django("front")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    command = [sys.executable, "-m", "gunicorn", "likeforlike_web.wsgi:application", "--bind", address]
    command += [
        "--workers",
        str(processes),
        "--threads",
        "4",
        "--worker-tmp-dir",
        "/dev/shm",  # noqa: S108
        "--no-control-socket",
    ]
    os.execv(sys.executable, command)  # noqa: S606
