"""`likeforlike serve`: the whole service on this machine, with a made-up lab."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike_web.commands.start import require_libraries


def serve(
    home: Annotated[
        Path, typer.Option(help="Folder for everything: database, lists, keys.", file_okay=False)
    ] = Path("serve"),
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port on this machine; the desk is at the next.")
    ] = 8000,
    people: Annotated[int, typer.Option(min=10_000, help="People in the made-up records.")] = 60_000,
    lab: Annotated[str, typer.Option(help="The lab: its name.")] = "justice",
) -> None:
    """Start website, desk and worker with a made-up lab, an account for each role, and requests on their way.

    Everything is invented, and only this machine can open it. The first start takes a minute or two.

    Example: likeforlike serve
    """
    require_libraries()
    from likeforlike_web.demo.run import run_demo

    run_demo(home, port=port, people=people, lab=lab)
