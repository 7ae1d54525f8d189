"""`likeforlike register profile`: how fit a department's tables are, before a register is built."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def profile(
    lab: options.Lab,
    source: Annotated[
        Path,
        typer.Option(
            "--from", help="Folder with the department's tables as CSV or Parquet.", file_okay=False
        ),
    ],
    earlier: Annotated[
        Path | None, typer.Option(help="Folder with an earlier extract, to see what moved.", file_okay=False)
    ] = None,
    vintage: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of the extract, like 2024-06-30.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Say what is missing or implausible in a department's tables, where years have holes, and what moved.

    Example: likeforlike register profile --lab justice --from tables --earlier tables-2023
    """
    from likeforlike.labs import load_lab
    from likeforlike.records.profile import profile_tables
    from likeforlike.settings import read_settings

    with working("Looking at the tables", quiet=as_json):
        found = profile_tables(
            load_lab(lab),
            source,
            vintage=vintage.date() if vintage else None,
            earlier=earlier,
            memory=read_settings().memory,
        )
    show(found.summary(), found.to_dict(), as_json=as_json)
