"""`likeforlike consortium`: several services, one plan, one result."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show
from likeforlike.errors import Refused

OF_A_MEMBER = ("html", "csv", "json")
"""Formats of a member's own report."""


def consortium(
    file: Annotated[Path, typer.Argument(help="TOML file: the lab, its register, and each member's list.")],
    out: options.Out = Path("consortium"),
    as_json: options.Json = False,
) -> None:
    """Put several services' lists together under one plan: all get one result, each its own where that is safe.

    Example: likeforlike consortium consortium.toml --out consortium
    """
    from likeforlike.cli.produce import carry_out
    from likeforlike.consortium import of_member
    from likeforlike.intake import read_cohort
    from likeforlike.labs import load_lab
    from likeforlike.plan import Plan
    from likeforlike.read import read_consortium, read_plan
    from likeforlike.report import headline, write_report
    from likeforlike.study import StudyFile

    asked = read_consortium(file)
    definition = load_lab(asked.lab)
    plan = read_plan(asked.plan, definition) if asked.plan else Plan.of_lab(definition)
    released, lab, page = carry_out(
        StudyFile(
            lab=asked.lab,
            register_folder=asked.register_folder,
            cohort=file,
            out=out,
            programme=asked.named,
        ),
        quiet=as_json,
        cohort=lambda used: asked.together(
            [read_cohort(one.cohort, used, sheet=one.sheet) for one in asked.member]
        ),
        plan=asked.declared(plan, definition),
    )
    members = {}
    for number, one in enumerate(asked.member, start=1):
        own = of_member(released, number)
        place = out / "members" / str(number)
        shown = any(told.name == f"member_{number}" and told.status == "shown" for told in own.sub_analyses)
        members[one.name] = {
            "report": str(write_report(own, lab, place, formats=OF_A_MEMBER)),
            "own_result": shown,
        }
    lines = [
        f"  {name}: {told['report']} ({'with' if told['own_result'] else 'without'} a result of its own)"
        for name, told in members.items()
    ]
    said = headline(released, lab)
    facts = {"status": released.status, "headline": said, "report": str(page), "members": members}
    code = Refused.exit_code if released.status == "refused" else 0
    machine = facts | ({"message": said, "exit_code": code} if code else {})
    show("\n".join([f"\n{said}", "", f"Report: {page}", *lines]), machine, as_json=as_json)
    if code:
        raise typer.Exit(code)
