"""`likeforlike ready`: what to expect of a list before it is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def ready(
    file: Annotated[Path, typer.Argument(help="The list: CSV, XLSX or ODS.")],
    lab: options.Lab,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, if the file has several.")] = None,
    history: Annotated[
        Path | None,
        typer.Option(help="Another history of requests than the lab's, in the form of its history.toml."),
    ] = None,
    out: options.Out = Path("ready"),
    as_json: options.Json = False,
) -> None:
    """Say how many people of a list will likely be analysed, and what so many can show. Nothing is sent anywhere.

    Example: likeforlike ready people.xlsx --lab justice --out ready
    """
    from likeforlike.clock import now
    from likeforlike.evidence import assess_list, read_history, write_readiness
    from likeforlike.intake import read_cohort
    from likeforlike.labs import load_lab

    with working("Looking at the list", quiet=as_json):
        definition = load_lab(lab)
        cohort = read_cohort(file, definition, sheet=sheet)
        found = assess_list(cohort, read_history(definition, history), now().date())
        page = write_readiness(found, out)
    show(f"{found.summary()}\n\nPage: {page}", {**found.to_dict(), "page": str(page)}, as_json=as_json)
