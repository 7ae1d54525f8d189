"""Whether enough whole places took part to say how sure a result is: known before any outcome is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.errors import InputProblem, Refused
from likeforlike.matching.effective import effective_size
from likeforlike.matching.support import UNKNOWN

if TYPE_CHECKING:
    from likeforlike.labs.definition import Lab
    from likeforlike.matching.matched import Matched
    from likeforlike.plan import Plan

LEAST = 3
"""Places in each group."""
LEAST_EFFECTIVE = 2.0
"""Places in each group, were they all of one size, that leave the error a degree of freedom."""
TOO_FEW = (
    f"At least {LEAST} places of similar size are needed in each group to say how sure a result is: send a list from "
    "more places."
)


def check_place(plan: Plan, lab: Lab) -> None:
    """Make sure that the plan's place can tell enough places apart; no records are needed to know that.

    Raises
    ------
    InputProblem
        The lab declares fewer levels of it.
    """
    levels = next(
        (set(c.levels) - {UNKNOWN} for c in lab.covariates.covariate if c.name == plan.place), set()
    )
    if 0 < len(levels) < LEAST:
        raise InputProblem(
            f"The plan's place is '{plan.place}', which tells only {len(levels)} apart, and at least {LEAST} places "
            "are needed: name another covariate, or leave the key out if whole places did not take part."
        )


def require_places(matched: Matched) -> None:
    """Make sure that an error can be worked out by place; nothing to do where people took part one by one.

    The t distribution has one degree of freedom less than the smaller group's effective places.

    Raises
    ------
    Refused
        Too few places took part, or are compared with them; `detail` says how many.
    """
    if matched.place is None:
        return
    weighted = matched.frame.filter(pl.col("weight") > 0)
    told = []
    enough = True
    for name, treated in (("participants", True), ("the comparison group", False)):
        sizes = weighted.filter(treated=treated).group_by(matched.place).agg(pl.col("weight").sum())["weight"]
        effective = effective_size(sizes.to_numpy())
        enough &= len(sizes) >= LEAST and effective >= LEAST_EFFECTIVE
        told.append(f"{name} of {len(sizes)} places, as informative as {effective:.1f} of one size")
    if not enough:
        raise Refused(TOO_FEW, f"Too few places: {'; '.join(told)}.")
