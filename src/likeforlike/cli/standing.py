"""`likeforlike standing`: a programme registered once, whose list grows and is looked at again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show

if TYPE_CHECKING:
    from likeforlike.standing import Standing

Folder = Annotated[Path, typer.Argument(help="Folder of the standing cohort.", file_okay=False)]
Register = Annotated[Path, typer.Option(help="Folder of the register; a newer one at each look.")]


def new(
    folder: Folder,
    lab: options.Lab,
    looks: Annotated[int, typer.Option(min=2, max=40, help="How often it will be looked at, at the most.")],
    people: Annotated[int, typer.Option(min=1, help="People that will have been analysed in the end.")],
    shape: Annotated[
        Literal["obrien_fleming", "pocock"],
        typer.Option(help="Whether early looks are held to a stricter limit, or all to nearly the same one."),
    ] = "obrien_fleming",
    plan: Annotated[
        Path | None, typer.Option(help="TOML file with what to change in the lab's plan.")
    ] = None,
    about: Annotated[
        Path | None, typer.Option(help="TOML file with the programme's name, provider and description.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Register a programme whose list will grow: its plan, and how often it will be looked at.

    Example: likeforlike standing new education --lab justice --looks 6 --people 1200 --about about.toml
    """
    from likeforlike.clock import now
    from likeforlike.evidence.looks.declared import Looks
    from likeforlike.labs import load_lab
    from likeforlike.plan import Plan
    from likeforlike.read import read_about, read_plan
    from likeforlike.standing import declare
    from likeforlike.study import Programme

    definition = load_lab(lab)
    wanted = read_plan(plan, definition) if plan else Plan.of_lab(definition)
    programme = read_about(about) if about else Programme()
    declared = Looks(of=looks, people=people, shape=shape)
    place = str(Path(lab).resolve()) if (Path(lab) / "lab.toml").is_file() else lab
    _tell(declare(folder, place, programme, wanted, declared, now().date()), as_json=as_json)


def add(
    folder: Folder,
    cohort: Annotated[Path, typer.Argument(help="The list of people who joined: CSV, XLSX or ODS.")],
    register: Register,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, if the list has several.")] = None,
    as_json: options.Json = False,
) -> None:
    """Add people who joined, and look again once enough have. Until then they are held back.

    Example: likeforlike standing add education spring.xlsx --register register
    """
    from likeforlike.clock import now
    from likeforlike.labs import load_lab
    from likeforlike.standing import Standing
    from likeforlike.vault import only_run

    standing = Standing.at(folder)
    with only_run(standing.vault):
        standing.add(cohort, load_lab(standing.declared.lab), now().date(), sheet)
    _look(standing, register, as_json=as_json)


def look(folder: Folder, register: Register, as_json: options.Json = False) -> None:
    """Look again, with newer records or after an interruption.

    Example: likeforlike standing look education --register register-2025
    """
    from likeforlike.standing import Standing

    _look(Standing.at(folder), register, as_json=as_json)


def show_lineage(folder: Folder, as_json: options.Json = False) -> None:
    """Show every look so far, with its limit.

    Example: likeforlike standing show education
    """
    from likeforlike.standing import Standing

    _tell(Standing.at(folder), as_json=as_json)


def _look(standing: Standing, register: Path, *, as_json: bool) -> None:
    from likeforlike.cli.produce import carry_out
    from likeforlike.labs import load_lab
    from likeforlike.records import open_register
    from likeforlike.report import headline
    from likeforlike.standing.added import fewest
    from likeforlike.study import StudyFile

    standing.require_open()
    declared, lab = standing.declared, load_lab(standing.declared.lab)
    lists = standing.due(lab, open_register(register, lab).vintage)
    if not lists:
        needed = fewest(standing.lists.people(standing.lineage.lists), lab)
        said = (
            f"Held back: {standing.waiting} people have joined since the last look, and {needed} are needed, so that "
            "two looks do not differ by a few."
        )
        facts = {"status": "held_back", "waiting": standing.waiting, "needed": needed}
        show(said, facts, as_json=as_json)
        return
    number = len(standing.lineage.rows) + 1
    wanted = StudyFile(
        lab=declared.lab,
        register_folder=register,
        cohort=standing.vault,
        out=standing.out(number),
        programme=declared.programme,
    )
    released, _, page = carry_out(
        wanted,
        vault=standing.vault,
        quiet=as_json,
        cohort=lambda used: standing.cohort(used, lists),
        plan=declared.plan,
        finish=standing.mark,
    )
    told = standing.enter(released.looks[-1], released.provenance.study_sha256, lists)
    facts = {
        "status": released.status,
        "headline": headline(released, lab),
        "look": number,
        "report": str(page),
        "lineage": [row.model_dump(mode="json") for row in told.rows],
    }
    show(f"\n{facts['headline']}\n\n{told.summary()}\n\nReport: {page}", facts, as_json=as_json)


def _tell(standing: Standing, *, as_json: bool) -> None:
    lineage, waits = standing.lineage, standing.waiting
    facts = lineage.model_dump(mode="json") | {"waiting": waits, "over": lineage.over}
    waiting = f"\n  {waits} people wait for the next look." if waits else ""
    show(lineage.summary() + waiting, facts, as_json=as_json)
