"""`likeforlike template`: an empty list for a provider to fill."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show


def template(
    lab: Annotated[str, typer.Argument(help="The lab: its name, or the path of its folder.")],
    out: options.Out = Path("template"),
    as_json: options.Json = False,
) -> None:
    """Write an empty list with guidance, as XLSX, ODS and CSV.

    Example: likeforlike template justice --out template
    """
    from likeforlike.intake import write_templates
    from likeforlike.labs import load_lab

    files = write_templates(load_lab(lab), out)
    show("Written: " + ", ".join(map(str, files)), {"files": [str(f) for f in files]}, as_json=as_json)
