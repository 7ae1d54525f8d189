"""Do the groups' scores overlap, and does the comparison rest on few people?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
BINS = 20
TIMES_AVERAGE = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Where the bars of the weights end, in average weights of those who are used."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Scores of both groups. `frame` has `low high treated pool matched comparison`: shares of each group by bin.

    The first and the last bin hold the pool's members beyond all participants and have an open end (null).
    """

    frame: pl.DataFrame
    coefficient_before: float | None
    """Overlap coefficient, the sum over bins of the smaller share, from 0 to 1; None where a group is empty."""
    coefficient_after: float | None
    outside: float | None
    """Share of participants whose score is beyond every pool member's."""

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        return {
            "coefficient_before": self.coefficient_before,
            "coefficient_after": self.coefficient_after,
            "outside": self.outside,
            "bins": self.frame.to_dicts(),
        }

    def summary(self) -> str:
        def percent(share: float | None) -> str:
            return "not known" if share is None else f"{share:.0%}"

        return (
            f"Scores overlap by {percent(self.coefficient_before)} before matching and "
            f"{percent(self.coefficient_after)} after; {percent(self.outside)} of participants score beyond everyone "
            "in the pool."
        )


@dataclass(frozen=True, slots=True)
class WeightSpread:
    """How the comparison's weight is shared out. `frame` has `low high people share`, low < weight ≤ high.

    Ends are in average weights of those who are used; `share` is of all weight.
    """

    frame: pl.DataFrame
    used: int
    """Pool members with a weight."""
    unused: int
    largest: float
    """Largest weight: how many participants one person stands for."""
    largest_share: float
    """What that person holds of all weight; zero where there is none."""
    effective: float
    """Effective sample size."""

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        return {
            "used": self.used,
            "unused": self.unused,
            "largest": self.largest,
            "largest_share": self.largest_share,
            "effective": self.effective,
            "bins": self.frame.to_dicts(),
        }

    def summary(self) -> str:
        return (
            f"{self.used:,} people form the comparison, as informative as {self.effective:,.0f} equally weighted; "
            f"one person holds at most {self.largest_share:.1%} of the weight."
        )


def overlap(at: Floats, pool: Floats, at_weight: Floats, pool_weight: Floats, bins: int = BINS) -> Overlap:
    """Histograms of the score for both groups, before and after weighting.

    Parameters
    ----------
    at, pool
        Logits of participants and pool, before exact strata were set apart; NaN for who has none.
    at_weight, pool_weight
        Of the same shapes; zero for those left out.
    bins
        Equal bins from the participants' lowest score to their highest; two open ones go around them.

    Raises
    ------
    ValueError
        There is to be no bin.
    """
    if bins < 1:
        raise ValueError("A histogram needs at least one bin.")
    (at, at_weight), (pool, pool_weight) = _scored(at, at_weight), _scored(pool, pool_weight)
    ends = _ends(at if len(at) else pool, bins)
    shares = {
        "treated": _shares(at, None, ends),
        "pool": _shares(pool, None, ends),
        "matched": _shares(at, at_weight, ends),
        "comparison": _shares(pool, pool_weight, ends),
    }
    outside = None
    if len(at) and len(pool):
        outside = float(((at < pool.min()) | (at > pool.max())).mean())
    return Overlap(
        pl.DataFrame({"low": [None, *ends.tolist()], "high": [*ends.tolist(), None], **shares}),
        _common(shares["treated"], shares["pool"]),
        _common(shares["matched"], shares["comparison"]),
        outside,
    )


def weight_spread(weight: Floats) -> WeightSpread:
    """How many people of the pool have which weight; `weight` has shape (pool,)."""
    used = weight[weight > 0]
    total = float(used.sum())
    times = used * (len(used) / total) if len(used) else used
    # Nobody should change bars by the last digit of an average.
    place = np.searchsorted(np.asarray(TIMES_AVERAGE) * (1 + 1e-9), times, side="left")
    bars = len(TIMES_AVERAGE) + 1
    share = np.bincount(place, weights=used, minlength=bars) / (total or 1.0)
    frame = pl.DataFrame(
        {
            "low": [0.0, *TIMES_AVERAGE],
            "high": [*TIMES_AVERAGE, None],
            "people": np.bincount(place, minlength=bars),
            "share": share,
        }
    )
    largest = float(used.max()) if len(used) else 0.0
    return WeightSpread(
        frame=frame,
        used=len(used),
        unused=len(weight) - len(used),
        largest=largest,
        largest_share=largest / total if total else 0.0,
        effective=effective_size(used),
    )


def _scored(score: Floats, weight: Floats) -> tuple[Floats, Floats]:
    known = ~np.isnan(score)
    return score[known], weight[known]


def _ends(score: Floats, bins: int) -> Floats:
    if not len(score):
        return np.linspace(0.0, 1.0, bins + 1)
    low, high = float(score.min()), float(score.max())
    # A lone score still gets bins of some width.
    room = 0.5 if high - low <= 1e-9 * (1 + abs(low)) else 0.0
    return np.linspace(low - room, high + room, bins + 1)


def _shares(score: Floats, weight: Floats | None, ends: Floats) -> list[float | None]:
    place = np.searchsorted(ends, score, side="right")
    # The last bin is closed: the participants' highest score belongs to it.
    place[score == ends[-1]] = len(ends) - 1
    sums = np.bincount(place, weights=weight, minlength=len(ends) + 1)
    total = float(sums.sum())
    return [float(s) / total for s in sums] if total > 0 else [None] * len(sums)


def _common(one: list[float | None], other: list[float | None]) -> float | None:
    smaller = [min(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return float(sum(smaller)) if smaller else None
