"""`likeforlike lab`: make a lab, check it, describe it, rehearse on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working
from likeforlike.errors import InputProblem

Folder = Annotated[str, typer.Argument(help="The lab: its name, or the path of its folder.")]


def new(
    name: Annotated[str, typer.Argument(help="Name of the lab, in small letters.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder to write to; else one of the lab's name.", file_okay=False),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Write a commented skeleton of a lab, to be filled in.

    Example: likeforlike lab new health
    """
    from likeforlike.kit import new_lab

    folder = new_lab(name, out or Path(name))
    said = f"A lab to fill in: {folder}\nCheck it after every change: likeforlike lab check {folder}"
    show(said, {"folder": str(folder)}, as_json=as_json)


def check(
    folder: Folder,
    tables: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the department's tables, to check a part of them too.", file_okay=False
        ),
    ] = None,
    vintage: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of the extract, like 2024-06-30.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Check a lab's files by themselves, against each other, and against tables; leave with 2 if something is wrong.

    Example: likeforlike lab check employment
    """
    from likeforlike.kit import check_folder

    with working("Checking the lab", quiet=as_json):
        found = check_folder(folder, tables, vintage.date() if vintage else None)
    show(found.summary(), found.to_dict(), as_json=as_json)
    if not found.ready:
        raise typer.Exit(InputProblem.exit_code)


def doc(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; else it is printed.", dir_okay=False)
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Describe a lab for its providers and for its data-protection impact assessment.

    Example: likeforlike lab doc employment --out employment.md
    """
    from likeforlike.kit import describe_lab
    from likeforlike.kit.write import write_description
    from likeforlike.labs import load_lab

    text = describe_lab(load_lab(folder))
    if out is None:
        show(text, {"text": text}, as_json=as_json)
        return
    show(f"The lab's description: {write_description(text, out)}", {"page": str(out)}, as_json=as_json)
