"""`likeforlike synth`: a lab's synthetic twin, to rehearse on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def synth(
    lab: Annotated[str, typer.Argument(help="The lab: its name, or the path of its folder.")],
    people: options.People = 200_000,
    seed: options.Seed = 1,
    effect: Annotated[
        float | None,
        typer.Option(help="The programme's true effect on the headline rate, like -0.06; 0 for none."),
    ] = None,
    out: options.Out = Path("twin"),
    as_json: options.Json = False,
) -> None:
    """Write invented records, a provider's list, and the truth about both.

    Example: likeforlike synth justice --people 200000 --seed 1 --out twin
    """
    from likeforlike.labs import load_lab
    from likeforlike.synthetic import write_twin

    with working("Inventing people and their histories", quiet=as_json) as progress:
        facts = write_twin(load_lab(lab), people, seed, out, effect=effect, progress=progress)
    show(facts.summary(), facts.to_dict(), as_json=as_json)
