"""What is wrong with a release that nobody has seen yet: broken rules, and hidden counts that its tables give away."""

from __future__ import annotations

import polars as pl

from likeforlike.disclosure.checking.rules import rules_broken
from likeforlike.disclosure.checking.tables import audit_tables
from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import DisclosureProfile


def faults_of(
    release: Release, profile: DisclosureProfile, *, balance: pl.DataFrame, quality: pl.DataFrame
) -> tuple[str, ...]:
    """A sentence for each; nothing where it may be held against the ledger.

    Parameters
    ----------
    balance, quality
        The exact counts behind its tables: `Matched.balance` and `Links.quality`.
    """
    if release.status == "refused":
        return ()
    tables = audit_tables(release, profile, balance=balance, quality=quality)
    return (*rules_broken(release, profile), *(each.sentence for each in tables if each.given_away))
