"""`likeforlike check`: whether a provider's list is ready to send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working
from likeforlike.errors import InputProblem


def check(
    file: Annotated[Path, typer.Argument(help="The list: CSV, XLSX or ODS.")],
    lab: options.Lab,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, if the file has several.")] = None,
    problems: Annotated[
        Path | None, typer.Option(help="Also write every problem, with the cell's value, to this CSV file.")
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print the result as JSON, with every problem and the cells' values."),
    ] = False,
) -> None:
    """Check a list and say what to fix, row by row. Nothing is sent anywhere.

    Example: likeforlike check people.xlsx --lab justice
    """
    from likeforlike.intake import read_cohort, write_problems
    from likeforlike.intake.problems import counted
    from likeforlike.labs import load_lab

    with working("Checking the list", quiet=as_json):
        cohort = read_cohort(file, load_lab(lab), sheet=sheet)
    if problems:
        write_problems(cohort, problems)
    facts = cohort.to_dict() | {"problems": cohort.problems.listed()}
    if not cohort.ready:
        message = f"{counted(facts['must_fix'], 'problem')} must be fixed first."
        facts |= {"status": "problem", "message": message, "exit_code": InputProblem.exit_code}
    show(cohort.summary(), facts, as_json=as_json)
    if not cohort.ready:
        raise typer.Exit(InputProblem.exit_code)
