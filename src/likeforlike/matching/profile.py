"""Who the groups are: the whole distribution of each covariate, and whether participants without a match differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate
from likeforlike.matching.balance_columns import (
    Levels,
    Sides,
    levels,
    numbers,
    recorded,
    recorded_only,
    side_by_side,
)
from likeforlike.matching.buckets import BUCKETS, bucket_of
from likeforlike.matching.effective import effective_size, two_largest_share
from likeforlike.matching.moments import difference, moments, ratio, share_moments

Floats = NDArray[np.float64]
Row = dict[str, Any]
GROUPS = ("treated", "matched", "lost", "pool", "comparison")
QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
COLUMNS = {
    "covariate": pl.String,
    "label": pl.String,
    "group": pl.String,
    "level": pl.String,
    "statistic": pl.String,
    **dict.fromkeys((*GROUPS, "smd_lost"), pl.Float64),
    **dict.fromkeys(("n_matched", "n_lost"), pl.Int64),
    "largest_lost": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """All participants, the matched and the lost of them, the pool, and the weighted comparison, side by side.

    `frame` has `covariate label group level statistic`, a column for each of the five, and `smd_lost`: how far the
    lost are from the matched, in standard deviations of all participants. `statistic` is share (from 0 to 1), mean,
    sd, lower_quartile, median or upper_quartile; a figure of nobody is null. Beside shares and means stand `n_matched`
    and `n_lost`, who has the level or a number that is not zero, and beside means `largest_lost`, what the two largest
    of the lost hold of their total. `people` has `side people effective`.
    """

    frame: pl.DataFrame
    people: pl.DataFrame

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        return {"people": self.people.to_dicts(), "figures": self.frame.to_dicts()}

    def summary(self) -> str:
        lost = int(self.people.filter(pl.col("side") == "lost")["people"].item())
        if not lost:
            return "Every participant has a match."
        differs = self.frame.filter(pl.col("smd_lost").is_finite())
        worst = (
            differs.sort(pl.col("smd_lost").abs(), descending=True, maintain_order=True).head(1).to_dicts()
        )
        said = f"{lost:,} participants have no match"
        if not worst:
            return f"{said}."
        name = f"{worst[0]['label']}, {worst[0]['level']}" if worst[0]["level"] else worst[0]["label"]
        return f"{said}; they differ most from the matched on {name} ({worst[0]['smd_lost']:+.2f} SD)."


def profile(frame: pl.DataFrame, covariates: list[Covariate]) -> Profile:
    """Describe the groups by every covariate.

    Parameters
    ----------
    frame
        All units with `treated`, `weight` and the covariates, as for `balance_table`.
    """
    sides = Sides.of(frame)

    def rows(covariate: Covariate) -> list[Row]:
        head = {"covariate": covariate.name, "label": covariate.label, "group": covariate.group}
        return [{**head, **row} for row in _of_covariate(frame[covariate.name], covariate, sides)]

    found = side_by_side(rows, covariates, frame.height)
    weights = _weights(sides)
    people = {
        "side": list(GROUPS),
        "people": [int(np.count_nonzero(w)) for w in weights],
        "effective": [effective_size(w) for w in weights],
    }
    table = pl.DataFrame(list(chain.from_iterable(found)), schema=COLUMNS)
    return Profile(table.with_columns(pl.col(*GROUPS, "smd_lost").fill_nan(None)), pl.DataFrame(people))


def weighted_quantiles(values: Floats, weights: list[Floats], shares: list[float]) -> list[list[float]]:
    """For each of `weights`, the smallest values that no less than each of `shares` of the weight is at or below.

    NumPy's `inverted_cdf`; NaN where there is no weight. `values` and every weight have shape (people,); shares are
    above 0, up to 1.
    """
    if not len(values):
        return [[float("nan")] * len(shares) for _ in weights]
    place = bucket_of(values, float(values.min()), float(values.max()))
    return [_quantiles(values, place, weight, shares) for weight in weights]


def _quantiles(values: Floats, place: NDArray[np.int32], weight: Floats, shares: list[float]) -> list[float]:
    """Running totals say in which bucket a quantile is; only its people are sorted."""
    sums = np.bincount(place, weights=weight, minlength=BUCKETS + 1)
    running = np.cumsum(sums)
    if running[-1] <= 0:
        return [float("nan")] * len(shares)
    found = []
    for share in shares:
        # A share that is reached but for rounding is reached.
        wanted = share * running[-1] * (1 - 1e-12)
        bucket = int(np.searchsorted(running, wanted, side="left"))
        inside = (place == bucket) & (weight > 0)
        own, their = values[inside], weight[inside]
        order = np.argsort(own, kind="stable")
        reached = np.searchsorted(np.cumsum(their[order]), wanted - (running[bucket] - sums[bucket]))
        found.append(float(own[order[min(int(reached), len(own) - 1)]]))
    return found


def _weights(sides: Sides) -> list[Floats]:
    """In the order of GROUPS; the first three are of participants, the others of the pool."""
    return [
        np.ones(len(sides.at)),
        sides.at,
        (sides.at == 0).astype(np.float64),
        np.ones(len(sides.pool)),
        sides.pool,
    ]


def _of_covariate(values: pl.Series, covariate: Covariate, sides: Sides) -> list[Row]:
    if covariate.kind != "number":
        return _level_rows(levels(values, covariate), sides)
    known = numbers(values)
    missing = recorded(known)
    return [*_number_rows(known, sides), *(_level_rows(missing, sides) if missing else [])]


def _number_rows(values: Floats, sides: Sides) -> list[Row]:
    figures: dict[str, list[float]] = {name: [] for name in ("mean", "sd", *QUARTILES)}
    weights = _weights(sides)
    for side, own in ((values[sides.treated], weights[:3]), (values[~sides.treated], weights[3:])):
        told = [recorded_only(side, w)[1] for w in own]
        at = recorded_only(side, own[0])[0]
        for weight, quartiles in zip(
            told, weighted_quantiles(at, told, list(QUARTILES.values())), strict=True
        ):
            found = moments(at, weight)
            for name, figure in zip(figures, (found.mean, found.sd, *quartiles), strict=True):
                figures[name].append(figure)
    rows = [_row("", name, of_groups) for name, of_groups in figures.items()]
    rows[0]["smd_lost"] = _lost(figures["mean"], figures["sd"][0])
    at = values[sides.treated]
    matched, lost = (at[mask & ~np.isnan(at)] for mask in (sides.at > 0, sides.at == 0))
    rows[0] |= {
        "n_matched": int(np.count_nonzero(matched)),
        "n_lost": int(np.count_nonzero(lost)),
        "largest_lost": two_largest_share(lost),
    }
    return rows


def _level_rows(column: Levels, sides: Sides) -> list[Row]:
    at, pool = column.codes[sides.treated], column.codes[~sides.treated].astype(np.intp)
    tallies = [
        np.bincount(codes, weights=weight, minlength=column.known + 1)[: column.known]
        for codes, weight in zip((at, at, at, pool, pool), _weights(sides), strict=True)
    ]
    kept, gone = (np.bincount(at[mask], minlength=column.known + 1) for mask in (sides.at > 0, sides.at == 0))
    rows = []
    for code, label in column.rows:
        shares = [float(t[code] / t.sum()) if t.sum() > 0 else float("nan") for t in tallies]
        row = _row(label, "share", shares)
        row["smd_lost"] = _lost(shares, share_moments(shares[0]).sd)
        rows.append(row | {"n_matched": int(kept[code]), "n_lost": int(gone[code])})
    return rows


def _lost(means: list[float], scale: float) -> float:
    matched, lost = means[1], means[2]
    return ratio(difference(lost, matched), scale)


def _row(level: str, statistic: str, of_groups: list[float]) -> Row:
    return {"level": level, "statistic": statistic, **dict(zip(GROUPS, of_groups, strict=True))}
