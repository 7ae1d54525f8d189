"""The run itself: read, plan, run every stage, write the release."""

from __future__ import annotations

import typer

from likeforlike.cli.console import show, stages
from likeforlike.errors import Refused
from likeforlike.study import StudyFile


def produce(wanted: StudyFile, *, as_json: bool) -> None:
    """Carry out a study file and show where the report is; a refusal leaves with exit code 3."""
    from likeforlike.intake import read_cohort
    from likeforlike.labs import load_lab
    from likeforlike.pipeline import plan_study, run_study
    from likeforlike.records import open_register
    from likeforlike.report import check_wording, headline, write_report
    from likeforlike.settings import read_settings
    from likeforlike.study import Plan

    settings = read_settings()
    with stages(quiet=as_json) as shown:
        shown.begin("Reading the list")
        lab = load_lab(wanted.lab)
        check_wording(lab)
        register = open_register(
            wanted.register_folder, lab, threads=settings.threads, memory=settings.memory
        )
        cohort = read_cohort(wanted.cohort, lab, sheet=wanted.sheet)
        unsure = len(cohort.problems.of("please_confirm"))
        if cohort.ready and unsure:
            shown.note(f"{unsure:,} points on the list to confirm: see them with `likeforlike check`.")
        plan = Plan.of_lab(lab, caliper=wanted.caliper, seed=wanted.seed)
        study = plan_study(cohort, register, wanted.programme, plan)
        released = run_study(
            study, cohort, register, wanted.out / "vault", stage=shown.stage, progress=shown.detail
        )
        shown.begin("Writing the report")
        page = write_report(released, lab, wanted.out / "release")
    facts = {
        "status": released.status,
        "headline": headline(released, lab),
        "report": str(page),
        "results": str(page.with_name("results.json")),
        "study": study.sha256,
    }
    show(f"\n{facts['headline']}\n\nReport: {page}", facts, as_json=as_json)
    if released.status == "refused":
        raise typer.Exit(Refused.exit_code)
