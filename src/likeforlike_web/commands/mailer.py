"""`likeforlike mailer`: hands the mails of the outbox over to the mail server."""

from __future__ import annotations

from typing import Annotated

import typer

from likeforlike_web.commands.start import start_django


def mailer(
    idle: Annotated[bool, typer.Option("--until-idle", help="Stop when no mail is due.")] = False,
) -> None:
    """Send the mails that the service wrote, until stopped; while the mail server is away they wait.

    It needs the settings of the website, stands beside it, and is the one process that reaches a mail server.

    Example: likeforlike mailer
    """
    start_django("front")
    from likeforlike_web.mails.send import work

    work(until=lambda: idle)
