"""`likeforlike worker`: the vault's side of the service."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from likeforlike_web.commands.start import start_django


def worker(
    lease: Annotated[
        float,
        typer.Option(
            min=1, help="Seconds after which another worker takes over a job whose worker is silent."
        ),
    ] = 60,
    idle: Annotated[bool, typer.Option("--until-idle", help="Stop when no job is left.")] = False,
) -> None:
    """Open lists, check them, and run analyses, until stopped.

    It needs the settings of the vault, which the website must not have.

    Example: likeforlike worker
    """
    start_django("vault")
    from django.conf import settings

    from likeforlike_web.jobs.queue import anything_open
    from likeforlike_web.worker.loop import work

    vault = settings.VAULT
    assert vault is not None
    work(vault, lease=timedelta(seconds=lease), until=lambda: idle and not anything_open())
