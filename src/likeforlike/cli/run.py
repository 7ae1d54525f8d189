"""`likeforlike run`: from a list and a register to a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.errors import InputProblem


def run(
    study: Annotated[Path | None, typer.Argument(help="A study file; or give the options instead.")] = None,
    lab: Annotated[str | None, typer.Option(help="The lab: its name, or the path of its folder.")] = None,
    register: Annotated[Path | None, typer.Option(help="Folder of the register.")] = None,
    cohort: Annotated[Path | None, typer.Option(help="The provider's list: CSV, XLSX or ODS.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the release and the vault.", file_okay=False)
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, if the list has several.")] = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="TOML file with what to change in the lab's plan; see docs/reference/plan.md."),
    ] = None,
    about: Annotated[
        Path | None, typer.Option(help="TOML file with the programme's name, provider and description.")
    ] = None,
    reviewed: Annotated[
        Path | None, typer.Option(help="The review file of `likeforlike link` with its decisions filled in.")
    ] = None,
    caliper: Annotated[
        float | None, typer.Option(min=0.001, help="How alike, in standard deviations of the logit score.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Random seed: the same seed, the same result.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Link, match, compare, protect, and write the report. Stopped? Run it again and it goes on.

    Example: likeforlike run --lab justice --register register --cohort people.xlsx --out result
    """
    from likeforlike.cli.produce import produce
    from likeforlike.read import read_about, read_study_file, study_of

    options_given = {
        "lab": lab,
        "register": register,
        "cohort": cohort,
        "out": out,
        "sheet": sheet,
        "plan": plan,
        "reviewed": reviewed,
        "programme": read_about(about) if about else None,
        "caliper": caliper,
        "seed": seed,
    }
    given = {k: v for k, v in options_given.items() if v is not None}
    written = read_study_file(study).model_dump(by_alias=True) if study else {}
    wanted = written | given
    for name in ("lab", "register", "cohort", "out"):
        if name not in wanted:
            raise InputProblem(f"Say which {name}: add --{name} (see `likeforlike run --help`).")
    produce(study_of(wanted), as_json=as_json)
