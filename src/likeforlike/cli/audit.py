"""`likeforlike disclose audit`: whether the ledger is whole, and what all its answers say together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working
from likeforlike.errors import Refused


def audit(
    ledger: Annotated[Path, typer.Argument(help="The ledger's folder.", file_okay=False)],
    as_json: options.Json = False,
) -> None:
    """Check every entry of the ledger, then all released answers together; for the lab's staff only.

    Leaves with 3 if all answers together say something of a few people.

    Example: likeforlike disclose audit ledger
    """
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.disclosure.ledger.gate import audit as all_together

    with working("Checking the ledger", quiet=as_json):
        opened = Ledger.existing(ledger)
        head = opened.verify()
        entries = opened.entries()
        told = all_together(opened.earlier())
    rows = [
        {
            "number": e.number,
            "date": e.date,
            "what": e.what,
            "organisation": e.organisation,
            "reason": e.reason,
        }
        for e in entries
    ]
    lines = [f"{e.number:>5}  {e.date[:10]}  {e.what:<9}  {e.organisation}" for e in entries]
    said = told or ["All answers together say nothing of a few people."]
    lines = [*lines, "", f"{len(entries)} entries, none changed. The last has the hash {head}.", *said]
    facts: dict[str, object] = {"entries": rows, "head": head, "told": told}
    if told:
        facts |= {
            "message": "All answers together say something of a few people.",
            "exit_code": Refused.exit_code,
        }
    show("\n".join(lines), facts, as_json=as_json)
    if told:
        raise typer.Exit(Refused.exit_code)
