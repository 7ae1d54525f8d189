"""`likeforlike synthesise`: what many released results say together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def synthesise(
    library: Annotated[
        Path,
        typer.Argument(help="A folder with a results.json for each release, or a CSV table of results."),
    ],
    measure: Annotated[
        str | None, typer.Option(help="Name of the measure; the most usual one if left out.")
    ] = None,
    better: Annotated[
        Literal["lower", "higher"] | None,
        typer.Option(help="Which direction favours a programme, for a table that does not say."),
    ] = None,
    out: options.Out = Path("synthesis"),
    as_json: options.Json = False,
) -> None:
    """Put released results together: their average, how far they differ, and what may be missing.

    Example: likeforlike synthesise library/ --out synthesis
    """
    from likeforlike.evidence import read_library, write_synthesis
    from likeforlike.evidence import synthesise as put_together

    with working("Putting the results together", quiet=as_json):
        found = put_together(read_library(library, measure, better))
        page = write_synthesis(found, out)
    show(
        f"{found.summary()}\n\nPage: {page}",
        {**found.to_dict(), "page": str(page)},
        as_json=as_json,
    )
