"""`likeforlike link`: linkage alone, with all that staff want to see before they trust it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def link(
    lab: options.Lab,
    register: Annotated[Path, typer.Option(help="Folder of the register.", file_okay=False)],
    cohort: Annotated[Path, typer.Option(help="The provider's list: CSV, XLSX or ODS.")],
    out: Annotated[
        Path, typer.Option(help="Private folder for the tables and the review file.", file_okay=False)
    ],
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, if the list has several.")] = None,
    size: Annotated[
        int, typer.Option("--pairs", min=1, help="How many pairs to draw for review at most.")
    ] = 100,
    seed: options.Seed = 1,
    reviewed: Annotated[
        Path | None, typer.Option(help="The review file with its decisions filled in.")
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="A twin's truth folder: show real figures beside expected ones.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Find a list's people in the records and say how surely; draw pairs for review, or read a review back.

    Example: likeforlike link --lab justice --register register --cohort people.xlsx --out inspection
    """
    from likeforlike.intake import read_cohort
    from likeforlike.labs import load_lab
    from likeforlike.linkage import link as find
    from likeforlike.linkage.clerical import inspect_links, read_review, refuse_decided, write_inspection
    from likeforlike.linkage.clerical.draw import doubtful
    from likeforlike.linkage.relink import after_review
    from likeforlike.linkage.truth import true_quality
    from likeforlike.records import open_register
    from likeforlike.settings import read_settings
    from likeforlike.synthetic import read_truth

    settings = read_settings()
    if reviewed is None:
        refuse_decided(out)
    with working("Finding people in the records", quiet=as_json) as progress:
        definition = load_lab(lab)
        opened = open_register(
            register, definition, threads=settings.threads, memory=settings.memory, engine=settings.engine
        )
        people = read_cohort(cohort, definition, sheet=sheet)
        people.require_ready()
        decisions = read_review(reviewed, people) if reviewed else None
        known = read_truth(truth).rows if truth else None
        first = find(people, opened, progress=progress)
        links = first if decisions is None else after_review(first, opened, decisions)
        progress("Explaining the pairs in doubt")
        inspection = inspect_links(links, opened, size=size, seed=seed, judged=first, decisions=decisions)
        if known is not None:
            inspection["truth"] = true_quality(links, opened, known)
        write_inspection(inspection, out)
    facts = links.to_dict() | {"folder": str(out), "files": sorted(f"{name}.csv" for name in inspection)}
    said = [links.summary(), f"\nTables and pairs for review: {out}"]
    if decisions is None:
        drawn, of = inspection["review"].height, doubtful(first.candidates, first.frame).height
        facts["review"] = {"drawn": drawn, "of": of}
        said.append(f"Drawn for review: {drawn:,} of {of:,} links and pairs in doubt")
    show("\n".join(said), facts, as_json=as_json)
