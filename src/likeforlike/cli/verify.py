"""`likeforlike register verify`: whether a register is as it was built, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def verify(
    register: Annotated[Path, typer.Option(help="Folder of the register.", file_okay=False)],
    as_json: options.Json = False,
) -> None:
    """Read every file of a register and compare it with the hash it was built with.

    Example: likeforlike register verify --register register
    """
    from likeforlike.records.verify import verify_register

    with working("Verifying the register", quiet=as_json) as progress:
        verified = verify_register(register, progress=progress)
    show(verified.summary(), verified.to_dict(), as_json=as_json)
