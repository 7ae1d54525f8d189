"""The run itself: read, plan, run every stage, write the release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from likeforlike.cli.console import show, stages
from likeforlike.clock import now
from likeforlike.errors import Refused
from likeforlike.study import StudyFile

if TYPE_CHECKING:
    from likeforlike.disclosure import Release
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.intake import Cohort
    from likeforlike.labs import Lab
    from likeforlike.plan import Plan


def produce(wanted: StudyFile, *, as_json: bool) -> None:
    """Carry out a study file and show where the report is; a refusal leaves with exit code 3."""
    from likeforlike.report import headline

    released, lab, page = carry_out(wanted, quiet=as_json)
    study = released.provenance.study_sha256
    facts = {
        "status": released.status,
        "headline": headline(released, lab),
        "report": str(page),
        "results": str(page.with_name("results.json")),
        "study": study,
    }
    code = Refused.exit_code if released.status == "refused" else 0
    machine = facts | ({"message": facts["headline"], "exit_code": code} if code else {})
    show(f"\n{facts['headline']}\n\nReport: {page}", machine, as_json=as_json)
    if code:
        raise typer.Exit(code)


def carry_out(
    wanted: StudyFile,
    *,
    vault: Path | None = None,
    ledger: Ledger | None = None,
    quiet: bool,
    cohort: Callable[[Lab], Cohort] | None = None,
    plan: Plan | None = None,
    finish: Callable[[Release], Release] | None = None,
) -> tuple[Release, Lab, Path]:
    """Run every stage and write the report: what was released, by which lab, and the report's page.

    Parameters
    ----------
    vault, ledger
        Others than in the study's folder, and than the one of the settings.
    cohort, plan
        The people and the plan, where they are not in files of the study.
    finish
        What else is to be done with the release before the report is written.
    """
    from likeforlike.calibration.files import current_certificate
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.intake import read_cohort
    from likeforlike.intake.problems import counted
    from likeforlike.labs import load_lab
    from likeforlike.linkage.clerical import read_review
    from likeforlike.pipeline import plan_study, run_study
    from likeforlike.plan import Plan
    from likeforlike.read import read_plan
    from likeforlike.records import open_register
    from likeforlike.report import check_wording, write_report
    from likeforlike.settings import read_settings
    from likeforlike.vault import only_run

    settings = read_settings()
    with stages(quiet=quiet) as shown:
        shown.begin("Reading the list")
        lab = load_lab(wanted.lab)
        check_wording(lab)
        register = open_register(
            wanted.register_folder,
            lab,
            threads=settings.threads,
            memory=settings.memory,
            engine=settings.engine,
            progress=shown.detail,
        )
        people = cohort(lab) if cohort else read_cohort(wanted.cohort, lab, sheet=wanted.sheet)
        unsure = len(people.problems.of("please_confirm"))
        if people.ready and unsure:
            points, them = counted(unsure, "point"), "it" if unsure == 1 else "them"
            shown.note(f"{points} on the list to confirm: see {them} with `likeforlike check`.")
        plan = plan or (read_plan(wanted.plan, lab) if wanted.plan else Plan.of_lab(lab))
        plan = plan.changed({"matching": {"caliper": wanted.caliper}} if wanted.caliper else {}, lab)
        plan = plan.changed({} if wanted.seed is None else {"seed": wanted.seed}, lab)
        decisions = read_review(wanted.reviewed, people) if wanted.reviewed else None
        study = plan_study(people, register, wanted.programme, plan, decisions)
        kept = ledger or Ledger.of_register(wanted.register_folder, settings.ledger)
        vault = vault or wanted.out / "vault"
        with only_run(vault):
            released = run_study(
                study,
                people,
                register,
                vault,
                decisions,
                ledger=kept,
                now=now(),
                certificate=current_certificate(register.folder, lab, register.sha256),
                stage=shown.stage,
                progress=shown.detail,
            )
            released = finish(released) if finish else released
            shown.begin("Writing the report")
            page = write_report(released, lab, wanted.out / "release")
    return released, lab, page
