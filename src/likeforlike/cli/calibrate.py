"""`likeforlike calibrate`: how often the lab would be wrong, tried on its own records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def calibrate(
    lab: options.Lab,
    register: Annotated[Path, typer.Option(help="Folder of the register.", file_okay=False)],
    size: Annotated[
        list[int] | None,
        typer.Option(min=2, help="Participants of a made-up programme; may be given again. [60, 200, 1000]"),
    ] = None,
    strength: Annotated[
        list[float] | None,
        typer.Option(
            min=0, help="How strongly it selects: SD of the score's logit; may be given again. [0.5, 1]"
        ),
    ] = None,
    replications: Annotated[
        int, typer.Option(min=2, help="Made-up programmes for each size and strength.")
    ] = 200,
    plan: Annotated[
        Path | None, typer.Option(help="TOML file with what to change in the lab's plan.", dir_okay=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write; calibration.json in the register's folder by default.", dir_okay=False
        ),
    ] = None,
    seed: options.Seed = 1,
    as_json: options.Json = False,
) -> None:
    """Try the lab on programmes that never were, and write down how often it would be wrong.

    Stopped? Run it again and it goes on. `likeforlike run` looks for the certificate beside the register.

    Example: likeforlike calibrate --lab justice --register register --size 60 --size 200
    """
    from likeforlike.calibration.calibrate import SHARE, SIZES, STRENGTHS
    from likeforlike.calibration.calibrate import calibrate as calibrated
    from likeforlike.calibration.files import FILE, Unfinished, write_certificate
    from likeforlike.labs import load_lab
    from likeforlike.plan import Plan
    from likeforlike.provenance import software_versions
    from likeforlike.read import read_plan
    from likeforlike.records import open_register
    from likeforlike.settings import read_settings

    settings = read_settings()
    path = out or register / FILE
    with working("Calibrating the lab", quiet=as_json) as progress:
        definition = load_lab(lab)
        wanted = read_plan(plan, definition) if plan else Plan.of_lab(definition)
        opened = open_register(
            register,
            definition,
            threads=settings.threads,
            memory=settings.memory,
            engine=settings.engine,
            progress=progress,
        )
        unfinished = Unfinished.beside(
            path,
            lab=definition.sha256,
            register=opened.sha256,
            plan=wanted.sha256,
            software=software_versions(),
            replications=replications,
            share=SHARE,
            seed=seed,
        )
        certificate = calibrated(
            definition,
            opened,
            wanted,
            sizes=tuple(dict.fromkeys(size or SIZES)),
            strengths=tuple(dict.fromkeys(strength or STRENGTHS)),
            replications=replications,
            seed=seed,
            keep=unfinished,
            progress=progress,
        )
        write_certificate(certificate, path)
        unfinished.remove()
    show(
        f"{certificate.summary()}\n\nCertificate: {path}",
        {**certificate.to_dict(), "file": str(path)},
        as_json=as_json,
    )
