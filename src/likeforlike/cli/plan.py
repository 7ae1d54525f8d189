"""`likeforlike plan`: the lab's own plan as a file to change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show


def plan(
    lab: options.Lab,
    out: Annotated[
        Path, typer.Option(help="File to write; it must not be there yet.", dir_okay=False)
    ] = Path("plan.toml"),
    as_json: options.Json = False,
) -> None:
    """Write the lab's own plan as a file, with what may be added to it as comments.

    Change what this study needs, and give the file to `likeforlike run --plan plan.toml`.

    Example: likeforlike plan --lab justice --out plan.toml
    """
    from likeforlike.cli.plan_text import plan_text
    from likeforlike.cli.write import write_new
    from likeforlike.labs import load_lab
    from likeforlike.plan import Plan

    definition = load_lab(lab)
    own = Plan.of_lab(definition)
    write_new(out, plan_text(own, definition))
    show(f"Plan: {out}\nIts hash: {own.sha256}", {"plan": str(out), "sha256": own.sha256}, as_json=as_json)
