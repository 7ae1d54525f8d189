"""`likeforlike report`: a finished release in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working
from likeforlike.errors import InputProblem

FORMATS = "html, pdf, summary, annex, json, acro, xlsx, ods, csv, svg or crate; again for several. All, if left out."


def report(
    release: Annotated[
        Path | None,
        typer.Argument(help="The --out folder of a run, the folder of a report, or its results.json."),
    ] = None,
    out: options.Out = Path("report"),
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help=FORMATS),
    ] = None,
    example: Annotated[
        str | None, typer.Option(help="A lab's example on made-up people, instead of a release.")
    ] = None,
    lab: Annotated[
        str | None, typer.Option("--lab", help="The lab, if it is another folder than the release names.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the pages, by its code.")] = "en",
    as_json: options.Json = False,
) -> None:
    """Write a finished release again: nothing is worked out anew, and the same release gives the same bytes.

    Example: likeforlike report --example justice --out example
    """
    from likeforlike.disclosure.checking.read import find_release
    from likeforlike.labs import load_lab
    from likeforlike.report.example import example_release
    from likeforlike.report.formats import chosen
    from likeforlike.report.languages import in_language
    from likeforlike.report.write import write_report

    if (release is None) == (example is None):
        raise InputProblem(
            "Give a release, or --example with the name of a lab (see `likeforlike report --help`)."
        )
    wanted = chosen(formats)
    with working("Writing the report", quiet=as_json):
        found = find_release(release).release if release else example_release(str(example))
        definition = in_language(load_lab(lab or found.provenance.lab), language)
        written = write_report(found, definition, out, formats=wanted)
    show(f"Report: {written}", {"report": str(written)}, as_json=as_json)
