"""Do the groups' scores overlap, and does the comparison rest on few people?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
STEP = 0.25
"""Width of a bin in logits, so that no end of one is anybody's score; doubled until there are at most `BINS`."""
BINS = 60
TIMES_AVERAGE = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Where the bars of the weights end, in average weights of those who are used."""
BANDS = {
    **dict.fromkeys(("low", "high", "treated", "pool", "matched", "comparison"), pl.Float64),
    **dict.fromkeys((f"people_{g}" for g in ("treated", "pool", "matched", "comparison")), pl.Int64),
    **dict.fromkeys(("effective_matched", "effective_comparison"), pl.Float64),
}


@dataclass(frozen=True, slots=True)
class Overlap:
    """Scores of both groups, by equal bins with round ends: everyone on either side, and after matching.

    `frame` has `low high`, the shares `treated pool matched comparison` of each group, how many people each has in the
    bin, `people_treated people_pool people_matched people_comparison`, and `effective_matched effective_comparison`,
    by Kish. The first and the last bin hold the pool's members beyond all participants and have an open end (null).
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


def overlap(at: Floats, pool: Floats, at_weight: Floats, pool_weight: Floats, step: float = STEP) -> Overlap:
    """Histograms of the score for both groups, before and after weighting.

    Parameters
    ----------
    at, pool
        Logits of participants and pool, before exact strata were set apart; NaN for who has none.
    at_weight, pool_weight
        Of the same shapes; zero for those left out.
    step
        Width of the bins, which cover the participants' scores; two open ones go around them.

    Raises
    ------
    ValueError
        Bins would have no width.
    """
    if not step > 0:
        raise ValueError("The bins of a histogram need some width.")
    (at, at_weight), (pool, pool_weight) = _scored(at, at_weight), _scored(pool, pool_weight)
    ends = _ends(at if len(at) else pool, step)
    groups = {
        "treated": _Bins.of(at, np.ones(len(at)), ends),
        "pool": _Bins.of(pool, np.ones(len(pool)), ends),
        "matched": _Bins.of(at, at_weight, ends),
        "comparison": _Bins.of(pool, pool_weight, ends),
    }
    outside = None
    if len(at) and len(pool):
        outside = float(((at < pool.min()) | (at > pool.max())).mean())
    shares = {name: bins.shares() for name, bins in groups.items()}
    columns = {
        "low": [None, *ends.tolist()],
        "high": [*ends.tolist(), None],
        **shares,
        **{f"people_{name}": bins.people for name, bins in groups.items()},
        **{f"effective_{name}": groups[name].effective() for name in ("matched", "comparison")},
    }
    return Overlap(
        pl.DataFrame(columns, schema=BANDS),
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


def _ends(score: Floats, step: float) -> Floats:
    if not len(score):
        return np.array([0.0, step])
    low, high = float(score.min()), float(score.max())
    # Beyond this, doubling would take long or rounding would win.
    step = max(step, 2.0 ** np.floor(np.log2(max(high - low, abs(low), abs(high), step) * 1e-12)))
    while np.floor(high / step) - np.floor(low / step) >= BINS:
        step *= 2
    first, last = int(np.floor(low / step)), int(np.floor(high / step)) + 1
    return np.asarray(np.arange(first, last + 1) * step, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Bins:
    """What a group has in each bin: people with weight, their weight, and its squares."""

    people: NDArray[np.intp]
    weight: Floats
    squares: Floats

    @classmethod
    def of(cls, score: Floats, weight: Floats, ends: Floats) -> _Bins:
        place = np.searchsorted(ends, score, side="right")
        size = len(ends) + 1
        return cls(
            np.bincount(place[weight > 0], minlength=size),
            np.bincount(place, weights=weight, minlength=size).astype(np.float64),
            np.bincount(place, weights=weight**2, minlength=size).astype(np.float64),
        )

    def shares(self) -> list[float | None]:
        total = float(self.weight.sum())
        return [float(w) / total for w in self.weight] if total > 0 else [None] * len(self.weight)

    def effective(self) -> Floats:
        some = self.squares > 0
        size: Floats = np.divide(self.weight**2, self.squares, where=some, out=np.zeros(len(some)))
        return size


def _common(one: list[float | None], other: list[float | None]) -> float | None:
    smaller = [min(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return float(sum(smaller)) if smaller else None
