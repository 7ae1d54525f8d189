"""`likeforlike keys`: the lab's own key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike_web.commands.start import require_libraries


def make(
    file: Annotated[
        Path, typer.Argument(help="Where the private key is to be; only in the vault.", dir_okay=False)
    ],
) -> None:
    """Make the lab's key, and print its public half for the website's LIKEFORLIKE_WEB_KEY.

    Example: likeforlike keys make vault/lab.key
    """
    require_libraries()
    from likeforlike_web.worker.identity import make_identity

    typer.echo(make_identity(file))
