"""`likeforlike check`: whether a provider's list is ready to send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def check(
    file: Annotated[Path, typer.Argument(help="The list: CSV, XLSX or ODS.")],
    lab: options.Lab,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, if the file has several.")] = None,
    problems: Annotated[
        Path | None, typer.Option(help="Also write every problem, with the cell's value, to this CSV file.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Check a list and say what to fix, row by row. Nothing is sent anywhere.

    Example: likeforlike check people.xlsx --lab justice
    """
    from likeforlike.intake import read_cohort, write_problems
    from likeforlike.labs import load_lab

    with working("Checking the list", quiet=as_json):
        cohort = read_cohort(file, load_lab(lab), sheet=sheet)
    if problems:
        write_problems(cohort, problems)
    show(cohort.summary(), cohort.to_dict(), as_json=as_json)
    if not cohort.ready:
        raise typer.Exit(2)
