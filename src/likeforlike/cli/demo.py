"""`likeforlike demo`: the whole product on invented people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import working


def demo(
    lab: Annotated[
        str, typer.Option("--lab", help="The lab: its name, or the path of its folder.")
    ] = "justice",
    people: Annotated[int, typer.Option(min=1000, help="People in the records.")] = 200_000,
    seed: options.Seed = 1,
    out: options.Out = Path("demo"),
    as_json: options.Json = False,
) -> None:
    """Invent records and a list, build the register, run the study and write its report.

    Example: likeforlike demo --out demo
    """
    from likeforlike.cli.produce import produce
    from likeforlike.labs import load_lab
    from likeforlike.read import read_about, read_twin_facts
    from likeforlike.records import build_register
    from likeforlike.study import StudyFile
    from likeforlike.synthetic import write_twin

    definition = load_lab(lab)
    twin, register = out / "twin", out / "register"
    asked = {"lab": definition.sha256, "people": people, "seed": seed}
    if read_twin_facts(twin, asked) != asked:
        with working(f"Inventing {people:,} people and their histories", quiet=as_json) as progress:
            write_twin(definition, people, seed, twin, progress=progress)
    if not _built(register, twin):
        with working("Building the register", quiet=as_json) as progress:
            build_register(definition, twin / "records", register, progress=progress)
    programme = read_about(twin / "programme" / "about.toml")
    list_file = twin / "programme" / "participants.xlsx"
    produce(
        StudyFile(lab=lab, register_folder=register, cohort=list_file, out=out, programme=programme, seed=seed),
        as_json=as_json,
    )
