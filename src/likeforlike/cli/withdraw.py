"""`likeforlike disclose withdraw`: a request that is taken back stays half of every difference."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show


def withdraw(
    ledger: Annotated[Path, typer.Argument(help="The ledger's folder.", file_okay=False)],
    number: Annotated[
        int, typer.Argument(help="The entry that answered the request, as `disclose audit` lists it.")
    ],
    reason: Annotated[str, typer.Option(help="Why, for the lab's staff.")],
    as_json: options.Json = False,
) -> None:
    """Write down that a request was withdrawn; its people still count, for somebody may have seen the answer.

    Example: likeforlike disclose withdraw ledger 12 --reason "The provider sent the wrong list"
    """
    from likeforlike.clock import now
    from likeforlike.disclosure.ledger.files import Ledger

    entry = Ledger.existing(ledger).withdraw(number, reason, now().date())
    said = (
        f"Request {number} is withdrawn: entry {entry.number} says so. Later lists are still held against it."
    )
    show(said, {"entry": entry.number, "withdrawn": number, "head": entry.sha256}, as_json=as_json)
