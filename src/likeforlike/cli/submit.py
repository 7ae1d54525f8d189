"""`likeforlike submit` and `likeforlike together`: one list, several labs, one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def submit(
    submission: Annotated[Path, typer.Argument(help="TOML file: the list, and each lab with its register.")],
    out: options.Out = Path("answers"),
    as_json: options.Json = False,
) -> None:
    """Ask several labs about one list: each links, estimates and releases on its own; then one page shows all results.

    Example: likeforlike submit submission.toml --out answers
    """
    from likeforlike.cli.produce import carry_out
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.evidence import together, write_together
    from likeforlike.read import read_submission
    from likeforlike.study import StudyFile

    asked = read_submission(submission)
    released = []
    for one in asked.to:
        wanted = StudyFile(
            lab=one.lab,
            register_folder=one.register_folder,
            cohort=asked.cohort,
            out=out / Path(one.lab).name,
            sheet=asked.sheet,
            plan=one.plan,
            programme=asked.programme,
        )
        ledger = Ledger.of_register(one.register_folder, one.ledger)
        answer, lab, _ = carry_out(wanted, vault=one.vault, ledger=ledger, quiet=as_json)
        released.append((answer, lab))
    found = together(released)
    page = write_together(found, out / "together")
    show(f"\n{found.summary()}\n\nPage: {page}", {**found.to_dict(), "page": str(page)}, as_json=as_json)


def beside(
    releases: Annotated[
        list[Path],
        typer.Argument(help="Folders of reports, or their results.json, of one programme in several labs."),
    ],
    out: options.Out = Path("together"),
    as_json: options.Json = False,
) -> None:
    """Put what several labs released about one programme on one page; nothing else of the labs is needed.

    Example: likeforlike together justice/release employment/release --out together
    """
    from likeforlike.disclosure.checking.read import find_release
    from likeforlike.evidence import together, write_together
    from likeforlike.labs import load_lab

    with working("Reading what was released", quiet=as_json):
        read = [find_release(place).release for place in releases]
        found = together([(release, load_lab(release.provenance.lab)) for release in read])
        page = write_together(found, out)
    show(f"{found.summary()}\n\nPage: {page}", {**found.to_dict(), "page": str(page)}, as_json=as_json)
