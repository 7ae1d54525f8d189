"""`likeforlike register learn`: past cohorts make the linkage model better for the next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def learn(
    studies: Annotated[list[Path], typer.Argument(help="The --out folders of earlier runs.")],
    register: Annotated[Path, typer.Option(help="Folder of the register.", file_okay=False)],
    as_json: options.Json = False,
) -> None:
    """Teach a register how the names and dates on real lists differ from the records.

    Only counts of agreement are kept, no person's details. A list whose identifiers too often contradict its names
    and birth dates teaches nothing. The register's hash changes, so later studies say that they used what was
    learnt.

    Example: likeforlike register learn result-2023 result-2024 --register register
    """
    from likeforlike.records.learn import add_lessons
    from likeforlike.records.manifest import read_manifest
    from likeforlike.vault.read import read_lessons

    with working("Learning from earlier studies", quiet=as_json):
        lab = read_manifest(register).lab
        read = read_lessons(studies, lab)
        lessons = {name: counts for name, counts in read.items() if counts.height}
        manifest = add_lessons(register, lessons)
    pairs = sum(frame["pairs"].sum() for frame in lessons.values())
    facts = {
        "lists": len(lessons),
        "lists_that_taught_nothing": len(read) - len(lessons),
        "lists_in_all": len(manifest.learnt),
        "comparisons": pairs,
        "sha256": manifest.sha256,
    }
    silent = len(read) - len(lessons)
    mind = (
        f"\nMind: {silent:,} taught nothing: no identifiers, or too many that contradict the rest."
        if silent
        else ""
    )
    show(
        f"Learnt from {len(lessons):,} lists and {pairs:,} comparisons; {len(manifest.learnt):,} lists in all.\n"
        f"The register's hash is now {manifest.sha256}{mind}",
        facts,
        as_json=as_json,
    )
