"""Whether a claim stands that was looked for more than once, as a programme's cohort grew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from likeforlike.evidence.library.library import Result
from likeforlike.evidence.looks.limits import Shape, spending_limits
from likeforlike.evidence.meta.pool import critical

SHAPE: Shape = "obrien_fleming"


@dataclass(frozen=True, slots=True)
class Look:
    """A release, its share of the latest one's information, its z-value and the limit that it must be beyond."""

    when: str
    share: float
    z: float
    limit: float


@dataclass(frozen=True, slots=True)
class Again:
    """A programme that was looked at more than once."""

    programme: str
    looks: tuple[Look, ...]

    @property
    def claimed(self) -> bool:
        """Whether the latest release by itself would be called significant."""
        return abs(self.looks[-1].z) >= critical(np.inf)

    @property
    def stands(self) -> bool:
        """Whether some release was beyond its limit."""
        return any(abs(look.z) >= look.limit for look in self.looks)


def looked_again(lineage: Sequence[Result]) -> Again | None:
    """Hold each release of a programme against O'Brien–Fleming limits that spend 5% over all of them.

    Information is 1/variance, and all of it is the latest release's: limits are right if nobody looks again after that.
    A release that knows no more than one before it is no look of its own. `None` where fewer than two are left. Where
    every look was declared beforehand, the limits are those of that plan.

    Parameters
    ----------
    lineage
        The programme's results, earliest first.
    """
    declared = [(r, r.limit) for r in lineage if r.limit is not None]
    if len(declared) == len(lineage) > 1:
        return _as_declared(declared)
    rising: list[Result] = []
    for result in lineage:
        if not rising or result.std_error < rising[-1].std_error * (1 - 1e-6):
            rising.append(result)
    if len(rising) < 2:
        return None
    shares = [float((rising[-1].std_error / r.std_error) ** 2) for r in rising]
    limits = spending_limits([*shares[:-1], 1.0], SHAPE)
    looks = tuple(
        Look(r.when, share, r.estimate / r.std_error, float(limit))
        for r, share, limit in zip(rising, shares, limits, strict=True)
    )
    return Again(rising[-1].about.programme, looks)


def _as_declared(lineage: Sequence[tuple[Result, float]]) -> Again:
    """A share is of what the latest release knows, as for other lineages."""
    last = lineage[-1][0]
    looks = (
        Look(r.when, min(1.0, (last.std_error / r.std_error) ** 2), r.estimate / r.std_error, limit)
        for r, limit in lineage
    )
    return Again(last.about.programme, tuple(looks))
