"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Lab = Annotated[str, typer.Option("--lab", help="The lab: its name, or the path of its folder.")]
People = Annotated[int, typer.Option(min=1000, help="People in the records.")]
Seed = Annotated[int, typer.Option(min=0, help="Random seed: the same seed gives the same result.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for machines.")]
Out = Annotated[Path, typer.Option("--out", help="Folder to write to.", file_okay=False)]
