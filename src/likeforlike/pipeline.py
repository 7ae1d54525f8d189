"""The whole flow on one screen: from a provider's list and a register to a release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from likeforlike.checks import Checks, checks_of, run_checks
from likeforlike.disclosure import Release, refuse, release
from likeforlike.disclosure.checking.faults import faults_of
from likeforlike.disclosure.ledger.claims import with_all_said
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.hold import hold
from likeforlike.disclosure.ledger.of_study import Asked
from likeforlike.disclosure.with_noise import only_with_noise, require_one_rate
from likeforlike.errors import InputProblem, Refused
from likeforlike.estimates import Estimates, estimate_effects
from likeforlike.estimates.beside import Beside, beside
from likeforlike.estimates.timing import Timing, timing
from likeforlike.followup import Sample, follow_up
from likeforlike.followup.feasible import check_arms, check_months, check_sub_groups
from likeforlike.hashes import sha256_of
from likeforlike.intake import Cohort
from likeforlike.linkage import Links, link
from likeforlike.linkage.relink import after_review
from likeforlike.linkage.written import in_standard_form
from likeforlike.matching import Matched, match
from likeforlike.matching.diagnostics import Diagnostics, diagnose
from likeforlike.matching.places import check_place, require_places
from likeforlike.outcomes import Outcomes, open_outcomes
from likeforlike.plan import Plan
from likeforlike.provenance import software_versions
from likeforlike.records import Register
from likeforlike.sensitivity import Sensitivity, threshold_sensitivity
from likeforlike.study import Programme, Study
from likeforlike.sub_groups import SubGroups, analyse_sub_groups
from likeforlike.terms import Progress, silent
from likeforlike.vault import Vault

if TYPE_CHECKING:
    import polars as pl

    from likeforlike.calibration import Certificate

REFUSAL, LEDGER = "refusal.txt", "ledger.json"
"""Notes for staff in the vault."""
Stage = Callable[[str, bool], None]
"""Called with a stage's name as it begins, and whether an earlier run had finished it."""


def unwatched(name: str, resumed: bool) -> None:
    """A listener for callers that do not follow the stages."""


def plan_study(
    cohort: Cohort,
    register: Register,
    programme: Programme,
    plan: Plan | None = None,
    decisions: pl.DataFrame | None = None,
) -> Study:
    """Say what will be analysed: whose list, which records, which plan.

    Raises
    ------
    InputProblem
        The list still has problems that must be fixed, the register was built by another lab, or the plan asks for
        what the list cannot give.
    """
    lab = cohort.lab
    cohort.require_ready()
    if (register.lab.name, register.lab.register_sha256) != (lab.name, lab.register_sha256):
        raise InputProblem(
            f"The register was built for the lab '{register.lab.name}' with other rules than those of '{lab.name}' "
            "now: build it again with `likeforlike register build`."
        )
    plan = plan or Plan.of_lab(lab)
    require_one_rate(plan, lab)
    check_place(plan, lab)
    check_months(plan.months, cohort.people, lab, register.vintage)
    check_sub_groups(plan.sub_groups, cohort.people, lab)
    if plan.trial:
        check_arms(plan.trial, cohort.people, lab)
    return Study(
        lab=lab.name,
        lab_version=lab.head.version,
        lab_sha256=lab.sha256,
        cohort_sha256=cohort.sha256,
        register_sha256=register.sha256,
        vintage=register.vintage,
        review_sha256=None if decisions is None else sha256_of(sorted(decisions.rows())),
        programme=programme,
        plan=plan,
    )


def run_study(
    study: Study,
    cohort: Cohort,
    register: Register,
    vault: Path,
    decisions: pl.DataFrame | None = None,
    *,
    ledger: Ledger,
    now: datetime,
    certificate: Certificate | None = None,
    stage: Stage = unwatched,
    progress: Progress = silent,
) -> Release:
    """Run every stage in order and give back what may leave; stages finished earlier are taken from the vault.

    The plan is sealed in the ledger before outcomes are opened, and every answer, a refusal too, is entered in it. The
    same request again has the same answer.

    Parameters
    ----------
    vault
        Folder for the stages' results. Nothing else is written but the ledger.
    decisions
        What people decided about pairs in doubt, as `read_review` gives it; the study must have been planned with it.
    ledger
        What the lab was asked before, by anybody.
    now
        The time of the seal and of the answer.
    certificate
        How often the lab is wrong, for the report.
    """
    plan, software = study.plan, software_versions()
    lab = plan.on(cohort.lab)
    cohort = replace(cohort, lab=lab)
    kept = Vault.of_study(vault, study, software)

    def begin(name: str) -> str:
        stage(name, kept.has(name))
        return name

    links = kept.keep(
        begin("linkage"), Links, lambda: link(cohort, register, progress=progress), cohort=cohort
    )
    if decisions is not None:
        links = after_review(links, register, decisions)
    asked = Asked(study, links, in_standard_form(cohort, register), ledger.key)
    try:
        sample = kept.keep(
            begin("followup"),
            Sample,
            lambda: follow_up(links, register, seed=plan.seed, trial=plan.trial, progress=progress),
            lab=lab,
        )
        asked = replace(asked, sample=sample)
        matched = kept.keep(
            begin("matching"), Matched, lambda: match(sample, plan, progress=progress), lab=lab
        )
        asked = replace(asked, matched=matched)
        require_places(matched)
        diagnostics = kept.keep(begin("diagnostics"), Diagnostics, lambda: diagnose(sample, matched, plan))
        asked = replace(asked, diagnostics=diagnostics)
        sealed = ledger.seal(asked.with_nothing_said(), plan.sha256, now)
        outcomes = kept.keep(begin("outcomes"), Outcomes, lambda: open_outcomes(matched, register), lab=lab)
        estimates = kept.keep(
            begin("estimates"),
            Estimates,
            lambda: estimate_effects(matched, outcomes, plan.measures, headline=plan.headline),
            lab=lab,
        )
        sub_groups = None
        if plan.sub_groups:
            sub_groups = kept.keep(
                begin("sub_groups"),
                SubGroups,
                lambda: analyse_sub_groups(sample, register, plan, progress=progress),
            )
            asked = replace(asked, sub_groups=sub_groups)
        statistics = kept.keep(
            begin("beside"),
            Beside,
            lambda: beside(matched, outcomes, plan.measures, seed=plan.seed, bootstrap=plan.bootstrap),
        )
        times = kept.keep(begin("timing"), Timing, lambda: timing(matched, outcomes, plan.measures))
        checked = kept.keep(
            begin("checks"),
            Checks,
            lambda: run_checks(
                sample,
                matched,
                outcomes,
                estimates,
                plan,
                register,
                checks=checks_of(lab),
                progress=progress,
            ),
        )
        thresholds = kept.keep(
            begin("sensitivity"),
            Sensitivity,
            lambda: threshold_sensitivity(links, register, plan, estimates, progress=progress),
        )
        noisy = None
        if lab.disclosure.noise:
            noisy = only_with_noise(ledger, asked, estimates, outcomes, now.date())
    except Refused as refusal:
        begin("disclosure")
        kept.note(REFUSAL, refusal.detail or str(refusal))
        ledger.enter_without(asked.with_nothing_said(), "refused", refusal.detail, now.date())
        return refuse(study, lab, software)
    begin("disclosure")
    unsaid = noisy is not None
    proposed = release(
        study,
        links,
        matched,
        noisy or estimates,
        software,
        sub_groups=None if unsaid else sub_groups,
        checks=None if unsaid else checked,
        beside=None if unsaid else statistics,
        timing=None if unsaid else times,
        diagnostics=diagnostics,
        sensitivity=None if unsaid else thresholds,
        certificate=certificate,
        sealed=sealed,
    )
    told, verdict = hold(
        ledger,
        proposed,
        asked.with_nothing_said(),
        lambda about: with_all_said(asked, about, estimates),
        now.date(),
        faults=faults_of(proposed, lab.disclosure, balance=matched.balance, quality=links.quality),
    )
    kept.note(LEDGER, verdict.to_json())
    if told is None:
        kept.note(REFUSAL, verdict.reason)
        return refuse(study, lab, software)
    return told


def estimate(matched: Matched, register: Register) -> Estimates:
    """Open the outcomes of a sealed match and estimate every measure of the lab."""
    return estimate_effects(matched, open_outcomes(matched, register))
