"""A release held against its rules, the audit and the ledger: let out, let out in part, or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.gate import Verdict
from likeforlike.disclosure.ledger.lesser import lesser
from likeforlike.disclosure.ledger.submission import Submission
from likeforlike.disclosure.release import Release

TOO_FEW = "Too few people were analysed, or too few compared with them."
BROKEN = "The machine's check found a broken rule, so that nothing was let out: "


def hold(
    ledger: Ledger,
    release: Release,
    asked: Submission,
    said: Callable[[Release], Submission],
    today: date,
    *,
    faults: Sequence[str] = (),
) -> tuple[Release | None, Verdict]:
    """Enter a release, and give back what may leave: its own figures, or those of the same request before.

    More and more is left out before the whole is refused.

    Parameters
    ----------
    asked
        Whom it is about.
    said
        The same with what a release says of them.
    today
        The date of the entry.
    faults
        What the machine's own look found wrong with it: with any, nothing leaves.

    Returns
    -------
    tuple[Release | None, Verdict]
        Nothing where it is refused; the verdict is for staff only.
    """
    if release.status == "refused" or faults:
        why = BROKEN + " ".join(faults) if faults else TOO_FEW
        ledger.enter_without(asked, "refused", why, today)
        return None, Verdict("refuse", why)
    left_out, asked = "", said(release)
    verdict = ledger.decide(asked)
    for what, less in lesser(release):
        if verdict.outcome != "refuse":
            break
        left_out += f"{what} left out: {verdict.reason} "
        release, asked = less, said(less)
        verdict = ledger.decide(asked)
    answer = ledger.enter(asked, release.model_dump_json().encode(), today)
    out = None if answer.release is None else Release.model_validate_json(answer.release)
    return out, replace(answer.verdict, reason=left_out + answer.verdict.reason)
