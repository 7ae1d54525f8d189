"""`likeforlike disclose`: what the rules say of a release, why, and whether the ledger still holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working
from likeforlike.errors import InputProblem, Refused

Place = Annotated[
    Path, typer.Argument(help="The --out folder of a run, the folder of a report, or its results.json.")
]
OfLab = Annotated[
    str | None, typer.Option("--lab", help="The lab, if it is another folder than the release names.")
]


def check(
    release: Place,
    lab: OfLab = None,
    as_json: options.Json = False,
) -> None:
    """Hold a finished release against every rule; with its vault there, write the checker's pack into it.

    Leaves with 3 if a rule is broken: then nothing may leave.

    Example: likeforlike disclose check result
    """
    from likeforlike.disclosure.checking.of_study import pack_of_study
    from likeforlike.disclosure.checking.read import find_release
    from likeforlike.disclosure.checking.record import record_of
    from likeforlike.disclosure.checking.write import write_pack
    from likeforlike.labs import load_lab

    with working("Checking the release", quiet=as_json):
        found = find_release(release)
        profile = load_lab(lab or found.release.provenance.lab).disclosure
        pack = pack_of_study(found.release, profile, found.study)
        written = write_pack(found.study, pack, profile) if found.study else None
    facts = record_of(pack.checked, profile) | {"pack": str(written) if written else None}
    broken = [
        f"  {each.output.name}: {verdict.reason}"
        for each in pack.checked
        for verdict in each.verdicts
        if verdict.result == "broken"
    ]
    broken += [f"  {table.sentence}" for table in pack.tables if table.given_away]
    looks = [each.output.name for each in pack.checked if each.status == "review"]
    told = [f"{len(pack.checked)} outputs were held against the profile {pack.profile}."]
    told += [f"For a person to read: {', '.join(looks)}."] if looks else []
    if pack.tables:
        told.append(f"{len(pack.tables)} tables of counts were audited from the exact numbers.")
    told += ["Rules are broken, so that it may not leave:", *broken] if broken else ["No rule is broken."]
    told += [f"The checker's pack: {written}"] if written else []
    if broken:
        facts |= {"message": "Rules are broken, so that it may not leave.", "exit_code": Refused.exit_code}
    show("\n".join(told), facts, as_json=as_json)
    if broken:
        raise typer.Exit(Refused.exit_code)


def explain(
    release: Place,
    output: Annotated[
        str | None, typer.Option(help="Only this output, like flow or 'measure reoffended'.")
    ] = None,
    lab: OfLab = None,
    as_json: options.Json = False,
) -> None:
    """Say of each output which rules it met and why, from what is published alone.

    Example: likeforlike disclose explain result/release --output flow
    """
    from likeforlike.disclosure.checking.read import find_release
    from likeforlike.disclosure.checking.record import record_of
    from likeforlike.disclosure.checking.rules import check_release
    from likeforlike.labs import load_lab

    found = find_release(release).release
    profile = load_lab(lab or found.provenance.lab).disclosure
    checked = check_release(found, profile)
    chosen = [each for each in checked if output in (None, each.output.name)]
    if not chosen:
        names = ", ".join(each.output.name for each in checked)
        raise InputProblem(f"There is no output '{output}' in this release: choose from {names}.")
    lines = [
        line
        for each in chosen
        for line in (
            f"{each.output.title} ({each.output.name}): {each.status}",
            *(f"  {verdict.result}: {verdict.rule}. {verdict.reason}" for verdict in each.verdicts),
        )
    ]
    show("\n".join(lines), record_of(chosen, profile), as_json=as_json)
