"""A release held against the ledger: let out, let out without its sub-groups, or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.gate import Verdict
from likeforlike.disclosure.ledger.submission import Submission
from likeforlike.disclosure.release import Release, RuleRecord, sub_group_target
from likeforlike.disclosure.sub_analyses import NOT_OFFERED


def hold(
    ledger: Ledger, release: Release, said: Callable[[Release], Submission], today: date
) -> tuple[Release | None, Verdict]:
    """Enter a release, and give back what may leave: its own figures, or those of the same request before.

    Sub-groups are left out before the whole is refused.

    Parameters
    ----------
    said
        What a release says of whom.
    today
        The date of the entry.

    Returns
    -------
    tuple[Release | None, Verdict]
        Nothing where it is refused; the verdict is for staff only.
    """
    asked, left_out = said(release), ""
    if release.sub_analyses:
        whole = ledger.decide(asked)
        if whole.outcome == "refuse":
            release = without_sub_groups(release)
            asked, left_out = said(release), f"Sub-groups were left out: {whole.reason} The rest: "
    answer = ledger.enter(asked, release.model_dump_json().encode(), today)
    out = None if answer.release is None else Release.model_validate_json(answer.release)
    return out, replace(answer.verdict, reason=left_out + answer.verdict.reason)


def without_sub_groups(release: Release) -> Release:
    """The same release with no sub-group offered."""
    names = {told.label for told in release.sub_analyses}
    rules = tuple(rule for rule in release.rules if rule.target not in map(sub_group_target, names))
    gone = tuple(
        RuleRecord(
            rule="Sub-group", target=sub_group_target(told.label), action="withheld", reason=NOT_OFFERED
        )
        for told in release.sub_analyses
    )
    told = tuple(
        told.model_copy(update={"status": "not_offered", "inside": (), "rest": ()})
        for told in release.sub_analyses
    )
    return release.model_copy(update={"sub_analyses": told, "rules": (*rules, *gone)})
