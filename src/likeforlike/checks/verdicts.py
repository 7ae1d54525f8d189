"""What an estimate concludes, and whether other estimates conclude the same."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

from likeforlike.checks.check import Verdict
from likeforlike.estimates.difference import Difference

Conclusion = Literal["higher", "lower", "open"]


def conclusion(found: Difference) -> Conclusion:
    """Which side of no effect the whole interval is on; `open` where it reaches zero, or is not known."""
    if found.conf_low > 0:
        return "higher"
    return "lower" if found.conf_high < 0 else "open"


def known(found: Difference | None) -> bool:
    """Whether there is an estimate with an interval."""
    return found is not None and all(
        map(math.isfinite, (found.estimate, found.std_error, found.conf_low, found.conf_high))
    )


def verdict_beside(primary: Difference, others: Iterable[Difference]) -> Verdict:
    """What other estimates of the same effect say about the primary one.

    `overturned` where one concludes the opposite; `weakened` where one concludes something else; `holds` where all
    conclude the same; `not_applicable` without any.
    """
    said = [conclusion(other) for other in others if known(other)]
    if not said or not known(primary):
        return "not_applicable"
    own = conclusion(primary)
    if {own, *said} >= {"higher", "lower"}:
        return "overturned"
    return "holds" if {own} == set(said) else "weakened"
