"""`likeforlike website` and `likeforlike desk`: the pages, served by gunicorn."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from likeforlike_web.commands.start import Zone, require_libraries

Address = Annotated[str, typer.Option(help="Address to listen on, behind the reverse proxy.")]
Processes = Annotated[int, typer.Option(min=1, help="Processes that answer.")]


def website(address: Address = "127.0.0.1:8000", processes: Processes = 2) -> None:
    """Serve the website of organisations and the public, after bringing its database up to date.

    It needs the settings of the website, and refuses to start with those of the vault.

    Example: likeforlike website --address 127.0.0.1:8000
    """
    _serve("front", address, processes)


def desk(address: Address = "127.0.0.1:8001", processes: Processes = 2) -> None:
    """Serve the desk, where the lab's own people work; it belongs into the vault, out of the public's reach.

    It needs the website's settings and the folder of studies, and refuses to start with a key.

    Example: likeforlike desk --address 127.0.0.1:8001
    """
    _serve("desk", address, processes)


def _serve(zone: Zone, address: str, processes: int) -> None:
    require_libraries()
    from likeforlike_web.commands.start import start_django

    start_django(zone)
    from likeforlike_web.commands.database import bring_up_to_date

    bring_up_to_date()
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
