"""The gate: from results in the vault to the release, or to a refusal in one sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import polars as pl

from likeforlike.disclosure.counts import rounded
from likeforlike.disclosure.flow import flow_rows
from likeforlike.disclosure.lost import lost_rows, lost_rule
from likeforlike.disclosure.measures import measure_rows
from likeforlike.disclosure.others import other_ways
from likeforlike.disclosure.overlap import overlap_rows, overlap_rule
from likeforlike.disclosure.profiles.rates import as_shown, told_beside
from likeforlike.disclosure.quality import match_quality
from likeforlike.disclosure.release import (
    MeasureRow,
    Programme,
    Provenance,
    Release,
    RuleRecord,
    SubAnalysis,
    TrialRow,
)
from likeforlike.disclosure.sent import Sent, people_told, sent, with_told
from likeforlike.disclosure.sub_analyses import sub_analyses
from likeforlike.disclosure.tables import balance_rows, linkage_rows
from likeforlike.disclosure.timing import timing_rows, timing_rule
from likeforlike.disclosure.trials import trial_rows
from likeforlike.disclosure.verdicts import check_rows
from likeforlike.estimates.multiplicity import benjamini_hochberg, holm
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import DisclosureProfile, Lab
from likeforlike.matching.matched import BY_LOT
from likeforlike.study import Study

if TYPE_CHECKING:
    from likeforlike.calibration.certificate import Certificate
    from likeforlike.checks.result import Checks
    from likeforlike.disclosure.ledger.opened import Sealed
    from likeforlike.estimates.beside import Beside
    from likeforlike.estimates.estimate import Estimates
    from likeforlike.estimates.timing import Timing
    from likeforlike.linkage.links import Links
    from likeforlike.matching.diagnostics import Diagnostics
    from likeforlike.matching.matched import Matched
    from likeforlike.sensitivity import Sensitivity
    from likeforlike.sub_groups import SubGroups

MADE_UP = RuleRecord(
    rule="Made-up programmes",
    target="trials",
    action="shown",
    reason="From simulation with people who took no part.",
)


def release(
    study: Study,
    links: Links,
    matched: Matched,
    estimates: Estimates,
    software: dict[str, str],
    *,
    sub_groups: SubGroups | None = None,
    checks: Checks | None = None,
    beside: Beside | None = None,
    timing: Timing | None = None,
    diagnostics: Diagnostics | None = None,
    sensitivity: Sensitivity | None = None,
    certificate: Certificate | None = None,
    sealed: Sealed | None = None,
) -> Release:
    """Protect every figure by the lab's profile; too small a group gives a refusal instead.

    Parameters
    ----------
    software
        Versions to print under "how this was made".
    sub_groups, checks, beside, timing, diagnostics, sensitivity
        What else was found, if it was asked.
    certificate
        How often the lab is wrong, if it was tried; one of another lab or register is not used.
    sealed
        When the plan was sealed, and which version it is.
    """
    lab = matched.lab
    profile = lab.disclosure
    matched.check_seal()
    if (
        min(
            matched.treated / profile.minimum_analysed,
            matched.effective_comparison / profile.minimum_comparison,
        )
        < 1
    ):
        return refuse(study, lab, software)
    groups = sent(study.plan, links.cohort)
    told = people_told(matched.treated, matched.comparison, groups, profile)
    exact = with_told(estimates.frame, groups, profile)
    frame = as_shown(exact, lab.outcomes, profile, holm)
    measures = measure_rows(
        lab.outcomes,
        frame.iter_rows(named=True),
        profile,
        headline=study.plan.headline,
        months=lab.head.follow_up.months,
        alone=study.plan.headline[0],
    )
    shown = tuple(row for row, _ in measures)
    parts = _sub_analyses(sub_groups, matched, shown, groups)
    agreeing, beside_rate = told_beside(shown, exact, frame, profile)
    verdicts, verdict_rules = check_rows(checks, agreeing) if checks else ((), ())
    by_lot = matched.method == BY_LOT
    ways, way_rules = other_ways(
        beside_rate,
        beside,
        checks,
        sensitivity,
        profile,
        lab.linkage.threshold,
        lab_title=lab.head.title,
        by_lot=by_lot,
    )
    times = timing_rows(timing.curves, exact, shown, profile) if timing else ()
    trials = _trials(certificate, study, matched, told[0])
    index_from, index_to = _period(matched, profile)
    balance = balance_rows(matched.balance, profile, matched.treated, told[0])
    bands = overlap_rows(diagnostics, profile, told[0]) if diagnostics else ()
    lost = lost_rows(diagnostics, balance, profile) if diagnostics else ()
    return _release(
        study,
        lab,
        software,
        status="released",
        sealed=sealed,
        rules=(
            *_table_rules(profile),
            *(rule for _, rule in measures),
            *(rule for _, rule in parts),
            *verdict_rules,
            *way_rules,
            *((timing_rule(times, profile),) if timing else ()),
            *((overlap_rule(bands, profile), lost_rule(lost, profile)) if diagnostics else ()),
            *((MADE_UP,) if trials else ()),
        ),
        index_from=index_from,
        index_to=index_to,
        flow=flow_rows(matched.flow, profile),
        linkage=linkage_rows(links.quality.filter("released"), profile),
        match=match_quality(matched, balance, study.plan.matching, profile, told),
        balance=balance,
        measures=shown,
        margin=_margin(study, lab),
        sub_analyses=tuple(told for told, _ in parts),
        checks=verdicts,
        others=ways,
        timing=times,
        overlap=bands,
        lost=lost,
        trials=trials,
    )


def refuse(study: Study, lab: Lab, software: dict[str, str]) -> Release:
    """A refusal: one coarse sentence and nothing that depends on who was found."""
    rule = RuleRecord(
        rule="Smallest group", target="request", action="refused", reason=lab.disclosure.refusal
    )
    return _release(
        study,
        lab,
        software,
        status="refused",
        rules=(rule,),
        refusal=lab.disclosure.refusal,
    )


def _sub_analyses(
    sub_groups: SubGroups | None,
    matched: Matched,
    measures: tuple[MeasureRow, ...],
    groups: tuple[Sent, ...],
) -> list[tuple[SubAnalysis, RuleRecord]]:
    if sub_groups is None or not sub_groups.frame.height:
        return []
    profile = matched.lab.disclosure
    frame = with_told(sub_groups.frame, groups, profile, ("sub_group", "part"))
    return sub_analyses(
        as_shown(frame, matched.lab.outcomes, profile, benjamini_hochberg),
        matched.lab.outcomes,
        profile,
        participants=int(matched.frame["treated"].sum()),
        months=matched.lab.head.follow_up.months,
        withheld=[row.name for row in measures if row.withheld],
    )


def _trials(
    certificate: Certificate | None, study: Study, matched: Matched, people: int
) -> tuple[TrialRow, ...]:
    """Nothing for arms drawn by lot: what was tried is matching."""
    mine = (study.lab_sha256, study.register_sha256)
    if certificate is None or matched.method == BY_LOT:
        return ()
    if (certificate.lab_sha256, certificate.register_sha256) != mine:
        return ()
    return trial_rows(
        certificate.frame,
        matched.lab.outcomes,
        headline=study.plan.headline,
        months=matched.lab.head.follow_up.months,
        analysed=rounded(people, matched.lab.disclosure),
    )


def _margin(study: Study, lab: Lab) -> float | None:
    """The plan's margin on the scale of the released figures."""
    margin = study.plan.margin
    if margin is None:
        return None
    return round(100 * margin, 6) if lab.outcomes.get(study.plan.headline[0]).kind == "rate" else margin


def _release(
    study: Study,
    lab: Lab,
    software: dict[str, str],
    *,
    status: Literal["released", "refused"],
    sealed: Sealed | None = None,
    **parts: object,
) -> Release:
    head = lab.head
    return Release.model_validate(
        {
            "status": status,
            "lab_title": head.title,
            "department": head.department,
            "noun_singular": head.noun.singular,
            "noun_plural": head.noun.plural,
            "follow_up_months": head.follow_up.months,
            "settle_months": head.follow_up.settle_months,
            "programme": Programme(**study.programme.model_dump()),
            "provenance": _provenance(study, lab, software, sealed),
            "disclosure": lab.disclosure,
            **parts,
        }
    )


def _provenance(study: Study, lab: Lab, software: dict[str, str], sealed: Sealed | None) -> Provenance:
    return Provenance(
        study_sha256=study.sha256,
        plan_sha256=study.plan.sha256,
        lab=study.lab,
        lab_version=study.lab_version,
        lab_sha256=study.lab_sha256,
        register_sha256=study.register_sha256,
        vintage=study.vintage,
        disclosure_profile=f"{lab.disclosure.profile} {lab.disclosure.version}",
        disclosure_sha256=sha256_of(lab.disclosure.model_dump(mode="json")),
        seed=study.plan.seed,
        software=software,
        plan_version=sealed.version if sealed else 1,
        sealed_at=sealed.at if sealed else None,
    )


def _table_rules(profile: DisclosureProfile) -> tuple[RuleRecord, ...]:
    base, least = profile.nearest, profile.hide_below
    rules = {
        "request": ("Smallest group", "met", f"At least {profile.minimum_analysed} people were analysed."),
        "flow": (
            "Counts",
            "rounded",
            f"People left to the nearest {base}; losses are their differences, below {least} hidden, nobody too.",
        ),
        "linkage": (
            "Counts",
            "rounded",
            f"A group is shown only where at least {least} people were found and {least} were not.",
        ),
        "balance": (
            "Counts",
            "rounded",
            f"Percentages of counts to the nearest {base}; what fewer than {least} people have, or all but {least}, "
            "is hidden.",
        ),
    }
    rules["match"] = (
        "Counts",
        "rounded",
        f"To the nearest {base}; summaries are over what the balance table shows.",
    )
    found = [RuleRecord(rule=r, target=t, action=a, reason=why) for t, (r, a, why) in rules.items()]
    return (*found, _profile_rule(profile)) if profile.profile != "lab" else tuple(found)


def _profile_rule(profile: DisclosureProfile) -> RuleRecord:
    """Which rules the numbers follow, where they are another body's."""
    decimal = f", one decimal from {profile.decimal_from:,} people" if profile.decimal_from else ""
    reason = (
        f"{profile.profile} {profile.version}: numbers of people below {profile.hide_below} hidden, others to the "
        f"nearest {profile.nearest}; rates of {profile.rates_from} numbers{decimal}."
    )
    return RuleRecord(rule="Profile", target="request", action="applied", reason=reason)


def _period(matched: Matched, profile: DisclosureProfile) -> tuple[date, date]:
    """Months of the tenth earliest and tenth latest index date: never one person's."""
    kept = matched.frame.filter(pl.col("treated") & (pl.col("weight") > 0))["index_date"].sort()
    nth = profile.hide_below - 1
    return kept[nth].replace(day=1), kept[-1 - nth].replace(day=1)
