"""`likeforlike register map`: a department's own tables as those that a lab asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def map_records(
    lab: options.Lab,
    mapping: Annotated[
        Path, typer.Option("--map", help="TOML file: which column comes from where.", dir_okay=False)
    ],
    to: Annotated[Path, typer.Option("--to", help="New folder for the lab's tables.", file_okay=False)],
    source: Annotated[
        Path | None, typer.Option("--from", help="Folder with the department's files.", file_okay=False)
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            help="Address of its PostgreSQL, postgresql://user@host/name; the password is in ~/.pgpass."
        ),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Write a lab's tables from a department's own files or database, with their headings, codes and dates.

    Example: likeforlike register map --lab employment --map mapping.toml --from export --to tables
    """
    from likeforlike.labs import load_lab
    from likeforlike.read import read_toml
    from likeforlike.records.mapping import Mapping, map_tables

    with working("Writing the lab's tables", quiet=as_json):
        rows = map_tables(load_lab(lab), read_toml(mapping, Mapping.model_validate), source, to, database)
    said = [f"  {name}: {count:,} rows" for name, count in rows.items()]
    show("\n".join([f"Tables in {to}:", *said]), {"folder": str(to), "rows": rows}, as_json=as_json)
