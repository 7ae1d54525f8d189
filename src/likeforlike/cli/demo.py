"""`likeforlike demo`: the whole product on invented people."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import working

if TYPE_CHECKING:
    from likeforlike.labs import Lab

PEOPLE_PER_PARTICIPANT, MOST = 200, 1_000
"""Made-up programmes are about as large as the demo's own, which is one in so many of its people."""
TRIALS = 30
"""Of them: few enough for a demo."""


def demo(
    lab: options.Lab = "justice",
    people: options.People = 200_000,
    seed: options.Seed = 1,
    out: options.Out = Path("demo"),
    calibrate: Annotated[
        bool,
        typer.Option(help="Also try the lab on a few made-up programmes: its error rate is in the report."),
    ] = True,
    as_json: options.Json = False,
) -> None:
    """Invent records and a list, build the register, run the study and write its report.

    Example: likeforlike demo --out demo
    """
    from likeforlike.cli.produce import produce
    from likeforlike.labs import load_lab
    from likeforlike.read import read_about
    from likeforlike.study import StudyFile

    definition = load_lab(lab)
    twin, register = out / "twin", out / "register"
    _rehearse(definition, people, seed, twin, register, quiet=as_json)
    if calibrate:
        size = min(max(people // PEOPLE_PER_PARTICIPANT, 2), MOST)
        _try_itself(definition, register, size, seed, quiet=as_json)
    programme = read_about(twin / "programme" / "about.toml")
    listed = twin / "programme" / "participants.xlsx"
    wanted = StudyFile(
        lab=lab, register_folder=register, cohort=listed, out=out, programme=programme, seed=seed
    )
    produce(wanted, as_json=as_json)


def _try_itself(lab: Lab, register: Path, size: int, seed: int, *, quiet: bool) -> None:
    """A certificate from few programmes, unless there is one; a real lab asks for many more."""
    from likeforlike.calibration import calibrate
    from likeforlike.calibration.files import FILE, current_certificate, write_certificate
    from likeforlike.errors import InputProblem
    from likeforlike.plan import Plan
    from likeforlike.records import open_register
    from likeforlike.settings import read_settings

    settings = read_settings()
    with working("Trying the lab on made-up programmes", quiet=quiet) as progress:
        opened = open_register(register, lab, threads=settings.threads, memory=settings.memory)
        if current_certificate(register, lab, opened.sha256) is not None:
            return
        # a small twin has too few people to try anything on, and the report then says so
        with suppress(InputProblem):
            found = calibrate(
                lab,
                opened,
                Plan.of_lab(lab),
                sizes=(size,),
                replications=TRIALS,
                methods=("primary",),
                seed=seed,
                progress=progress,
            )
            write_certificate(found, register / FILE)


def _rehearse(lab: Lab, people: int, seed: int, twin: Path, register: Path, *, quiet: bool) -> None:
    """Make the twin and its register, unless an earlier demo has made the same ones."""
    from likeforlike.errors import RegisterProblem
    from likeforlike.records import build_register, open_register
    from likeforlike.settings import read_settings
    from likeforlike.synthetic import is_twin, write_twin

    settings = read_settings()
    fresh = not is_twin(twin, lab, people=people, seed=seed)
    if fresh:
        with working(f"Inventing {people:,} people and their histories", quiet=quiet) as progress:
            write_twin(lab, people, seed, twin, progress=progress)
    try:
        if not fresh:
            open_register(register, lab)
            return
    except RegisterProblem:
        pass
    with working("Building the register", quiet=quiet) as progress:
        build_register(
            lab,
            twin / "records",
            register,
            threads=settings.threads,
            memory=settings.memory,
            progress=progress,
            retrain=True,
        )
