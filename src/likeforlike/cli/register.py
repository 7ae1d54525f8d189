"""`likeforlike register build`: a department's tables made ready, once for each extract."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def build(
    lab: options.Lab,
    source: Annotated[
        Path,
        typer.Option(
            "--from", help="Folder with the department's tables as CSV or Parquet.", file_okay=False
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help="Folder of the register.", file_okay=False)],
    vintage: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of the extract, like 2024-06-30.")
    ] = None,
    retrain: Annotated[
        bool,
        typer.Option(
            "--retrain",
            help="Train linkage on this extract, even if the earlier register's model still fits.",
        ),
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Check, standardise and index a department's tables, and train linkage on them.

    Example: likeforlike register build --lab justice --from twin/records --to register
    """
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.labs import load_lab
    from likeforlike.records import build_register
    from likeforlike.settings import read_settings

    settings = read_settings()

    with working("Building the register", quiet=as_json) as progress:
        register = build_register(
            load_lab(lab),
            source,
            to,
            vintage=vintage.date() if vintage else None,
            threads=settings.threads,
            memory=settings.memory,
            progress=progress,
            retrain=retrain,
            engine=settings.engine,
        )
    ledger = Ledger.of_register(to, settings.ledger)
    known = len(ledger.entries())
    kept = f"Ledger: {ledger.folder}, {'new' if not known else f'with {known:,} entries'}"
    show(f"{register.summary()}\n{kept}", register.to_dict(), as_json=as_json)
