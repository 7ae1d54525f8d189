"""A verdict from the vault is one more answer about the same people: it leaves only if the ledger lets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from likeforlike.disclosure.ledger.entry import Earlier
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.of_study import ANALYSED
from likeforlike.disclosure.ledger.submission import Claim
from likeforlike.estimates.timing import day_of_month
from likeforlike.settlement.settle import Verdict

SETTLED = "contract"
"""What a claim says was published, where it was a verdict."""


@dataclass(frozen=True, slots=True)
class Known:
    """The answer that was let out, and what it says of participants with the outcome."""

    earlier: Earlier
    claim: Claim
    people: int


def known_of(ledger: Sequence[Earlier], study_sha256: str, measure: str, months: int) -> Known | None:
    """What was released of a study's participants on one rate; nothing where that is not in the ledger.

    Another contract that was settled on any of these people counts as an answer too many: see `is_spent`.
    """
    day = day_of_month(months)
    for each in reversed(ledger):
        if each.entry.what != "released" or each.entry.study_sha256 != study_sha256:
            continue
        claims = [c for c in each.entry.claims if (c.group, c.statistic, c.day) == (ANALYSED, measure, day)]
        if not claims:
            return None
        low, high = max(c.low for c in claims), min(c.high for c in claims)
        return Known(each, replace(claims[0], low=low, high=high), len(each.group(ANALYSED)))
    return None


def is_spent(ledger: Sequence[Earlier], known: Known, question: str) -> bool:
    """Whether another contract was settled about any of these people: two thresholds would close in on the number."""
    return any(
        each.entry.study_sha256 != question
        and any(claim.published == SETTLED for claim in each.entry.claims)
        and bool(np.isin(known.earlier.persons, each.persons, assume_unique=True).any())
        for each in ledger
    )


def let_out(
    ledger: Ledger, known: Known, verdict: Verdict, question: str, content: bytes, today: date
) -> bytes | None:
    """Enter the verdict as a claim about those analysed; the bytes that may leave, or nothing."""
    claim = replace(known.claim, low=verdict.low, high=verdict.high, published=SETTLED)
    asked = replace(known.earlier.submission(), study_sha256=question, claims=(claim,))
    return ledger.enter(asked, content, today).release
