"""`likeforlike pay`: what a contract pays on given figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def pay(
    contract: Annotated[
        str, typer.Argument(help="A contract as TOML, or the name of one that comes with the package.")
    ],
    figures: Annotated[
        list[Path] | None,
        typer.Argument(
            help="One CSV table of figures, or the results.json of releases; the example's own if left out."
        ),
    ] = None,
    out: options.Out = Path("payment"),
    as_json: options.Json = False,
) -> None:
    """Hold a payment-by-results contract against figures: what it pays, and what chance has to do with it.

    Example: likeforlike pay peterborough --out payment
    """
    from likeforlike.evidence import pay as held_against
    from likeforlike.evidence import read_contract, read_figures, write_payment

    with working("Holding the contract against the figures", quiet=as_json):
        found = held_against(read_contract(contract), read_figures(figures or [], contract))
        page = write_payment(found, out)
    show(f"{found.summary()}\n\nPage: {page}", {**found.to_dict(), "page": str(page)}, as_json=as_json)
