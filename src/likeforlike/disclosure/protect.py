"""The gate: from results in the vault to the release, or to a refusal in one sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import polars as pl

from likeforlike.disclosure.counts import rounded
from likeforlike.disclosure.flow import flow_rows
from likeforlike.disclosure.measures import measure_rows
from likeforlike.disclosure.release import (
    BalanceRow,
    MatchQuality,
    Programme,
    Provenance,
    Release,
    RuleRecord,
)
from likeforlike.disclosure.tables import balance_rows, linkage_rows
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import DisclosureProfile, Lab
from likeforlike.study import Study

if TYPE_CHECKING:
    from likeforlike.estimates.estimate import Estimates
    from likeforlike.linkage.links import Links
    from likeforlike.matching.matched import Matched


def release(
    study: Study, links: Links, matched: Matched, estimates: Estimates, software: dict[str, str]
) -> Release:
    """Protect every figure by the lab's profile; too small a group gives a refusal instead.

    Parameters
    ----------
    software
        Versions to print under "how this was made".
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
    measures = measure_rows(
        lab.outcomes,
        estimates.frame.iter_rows(named=True),
        profile,
        headline=study.plan.headline,
        months=lab.head.follow_up.months,
    )
    index_from, index_to = _period(matched, profile)
    balance = balance_rows(matched.balance, profile, matched.treated)
    return _release(
        study,
        lab,
        software,
        status="released",
        rules=(*_table_rules(profile), *(rule for _, rule in measures)),
        index_from=index_from,
        index_to=index_to,
        flow=flow_rows(matched.flow, profile),
        linkage=linkage_rows(links.quality.filter("released"), profile),
        match=_match_quality(matched, balance, study.plan.matching.caliper, profile),
        balance=balance,
        measures=tuple(row for row, _ in measures),
    )


def refuse(study: Study, lab: Lab, software: dict[str, str]) -> Release:
    """A refusal: one coarse sentence and nothing that depends on who was found."""
    rule = RuleRecord(
        rule="Smallest group", target="request", action="refused", reason=lab.disclosure.refusal
    )
    return _release(study, lab, software, status="refused", rules=(rule,), refusal=lab.disclosure.refusal)


def _release(
    study: Study,
    lab: Lab,
    software: dict[str, str],
    *,
    status: Literal["released", "refused"],
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
            "provenance": _provenance(study, lab, software),
            **parts,
        }
    )


def _provenance(study: Study, lab: Lab, software: dict[str, str]) -> Provenance:
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
    )


def _table_rules(profile: DisclosureProfile) -> tuple[RuleRecord, ...]:
    base, least = profile.round_counts_to, profile.hide_below
    rules = {
        "request": ("Smallest group", "met", f"At least {profile.minimum_analysed} people were analysed."),
        "flow": (
            "Counts",
            "rounded",
            f"To the nearest {base}, each by itself; 1 to {least - 1} hidden, and what would give a hidden loss away.",
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
    return tuple(RuleRecord(rule=r, target=t, action=a, reason=why) for t, (r, a, why) in rules.items())


def _period(matched: Matched, profile: DisclosureProfile) -> tuple[date, date]:
    """Months of the tenth earliest and tenth latest index date: never one person's."""
    kept = matched.frame.filter(pl.col("treated") & (pl.col("weight") > 0))["index_date"].sort()
    nth = profile.hide_below - 1
    return kept[nth].replace(day=1), kept[-1 - nth].replace(day=1)


def _match_quality(
    matched: Matched, balance: tuple[BalanceRow, ...], caliper: float, profile: DisclosureProfile
) -> MatchQuality:
    """Summaries over the levels that are shown, so that a hidden level cannot be seen in the largest."""
    visible = [b for b in balance if b.light != "hidden"]
    lights = {b.light for b in visible}
    return MatchQuality(
        treated=rounded(matched.treated, profile),
        comparison=rounded(matched.comparison, profile),
        effective_comparison=rounded(matched.effective_comparison, profile),
        caliper=caliper,
        largest_smd_before=max((abs(b.smd_before or 0) for b in visible), default=0.0),
        largest_smd_after=max((abs(b.smd_after or 0) for b in visible), default=0.0),
        light="red" if "red" in lights else "amber" if "amber" in lights else "green",
    )
