"""How alike the groups are on each covariate, before and after matching, by cobalt's conventions (Greifer).

Standardised mean difference (SMD): difference of means, weighted after matching, over a standard deviation of the
unmatched groups, so that before and after differ only by their means. `denominator` says whose: `treated` (all
participants; what an effect on the treated asks for), `control` (the pool), `pooled` (root of the mean of both
variances) or `all` (everybody together). It is n − 1 for numbers and sqrt(p(1 − p)) for flags and every level;
`binary="raw"` leaves these as plain differences of shares, cobalt's own default. Variance ratio: participants over
comparison, weighted as in `moments`; not for flags and levels. KS: largest gap between the weighted cumulative
shares; for flags and levels the difference of shares. No p-values: they say more of size than of balance.

Means are over those for whom the covariate is recorded; a number that is not recorded for some has a row for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.balance_columns import (
    Levels,
    Sides,
    levels,
    numbers,
    recorded,
    recorded_only,
    side_by_side,
)
from likeforlike.matching.effective import effective_size, two_largest_share
from likeforlike.matching.ks import Steps
from likeforlike.matching.moments import Moments, difference, moments, pooled, ratio, share_moments

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Denominator = Literal["treated", "control", "pooled", "all"]
Binary = Literal["std", "raw"]
Row = dict[str, Any]
COLUMNS = {
    "covariate": pl.String,
    "label": pl.String,
    "group": pl.String,
    "level": pl.String,
    "percent": pl.Boolean,
    "mean_treated": pl.Float64,
    "mean_pool": pl.Float64,
    "mean_matched_treated": pl.Float64,
    "mean_comparison": pl.Float64,
    "smd_before": pl.Float64,
    "smd_after": pl.Float64,
    "n_treated": pl.Int64,
    "n_comparison": pl.Float64,
    "largest_share": pl.Float64,
    "light": pl.String,
    "variance_ratio_before": pl.Float64,
    "variance_ratio_after": pl.Float64,
    "ks_before": pl.Float64,
    "ks_after": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Convention:
    """What a difference of means is divided by."""

    denominator: Denominator = "treated"
    binary: Binary = "std"


def balance_table(
    frame: pl.DataFrame,
    covariates: list[Covariate],
    lights: MatchingDefaults,
    *,
    denominator: Denominator = "treated",
    binary: Binary = "std",
) -> pl.DataFrame:
    """One row for each number, flag and category level, and for each number that is not recorded for some.

    Parameters
    ----------
    frame
        All units with `treated`, `weight` (0 for the unmatched; participants' may differ from 1) and the covariates:
        categories as text or categorical, flags as booleans or 0/1, numbers of any kind.
    lights
        Limits of green and amber.
    denominator, binary
        See above.

    Returns
    -------
    polars.DataFrame
        `covariate label group level percent mean_treated mean_pool mean_matched_treated mean_comparison
        smd_before smd_after n_treated n_comparison largest_share light variance_ratio_before variance_ratio_after
        ks_before ks_after`; means of flags and levels are shares from 0 to 1; `n_treated` counts the matched
        participants with the flag or level, or whose number is not zero, `n_comparison` the same in effective
        comparison people, and `largest_share` is what the two largest participants hold of the total. An SMD is
        infinite where the groups differ and the denominator is zero, and NaN where a group is empty; variance
        ratios and KS are null where they make no sense.
    """
    sides, how = Sides.of(frame), Convention(denominator, binary)

    def rows(covariate: Covariate) -> list[Row]:
        head = {"covariate": covariate.name, "label": covariate.label, "group": covariate.group}
        figures = _of_covariate(frame[covariate.name], covariate, sides, how)
        return [{**head, **row, "light": light(row["smd_after"], lights)} for row in figures]

    found = side_by_side(rows, covariates, frame.height)
    return pl.DataFrame(list(chain.from_iterable(found)), schema=COLUMNS)


def light(smd: float, limits: MatchingDefaults) -> str:
    """Green up to 5%, amber up to 10%, red above (or the lab's own limits); red too where it is not known."""
    size = abs(smd)
    if size <= limits.green_smd:
        return "green"
    return "amber" if size <= limits.amber_smd else "red"


def overall_light(balance: pl.DataFrame) -> str:
    """The worst light of a balance table: one covariate unlike is enough. Red where nothing was compared."""
    seen = set(balance["light"])
    return next((colour for colour in ("red", "amber", "green") if colour in seen), "red")


def _of_covariate(values: pl.Series, covariate: Covariate, sides: Sides, how: Convention) -> list[Row]:
    if covariate.kind != "number":
        return level_rows(levels(values, covariate), sides, how)
    known = numbers(values)
    missing = recorded(known)
    return [number_row(known, sides, how), *(level_rows(missing, sides, how) if missing else [])]


def number_row(values: Floats, sides: Sides, how: Convention) -> Row:
    """Balance of one number, (units,), NaN where not recorded."""
    at, at_weight = recorded_only(values[sides.treated], sides.at)
    pool, pool_weight = recorded_only(values[~sides.treated], sides.pool)
    before = moments(at), moments(pool)
    after = moments(at, at_weight), moments(pool, pool_weight)
    everyone = moments(values[~np.isnan(values)]) if how.denominator == "all" else None
    steps = Steps.of(at, pool)
    kept = at[at_weight > 0]
    return {
        "level": "",
        "percent": False,
        **_means(before, after, _scale(before, everyone, how)),
        "n_treated": int(np.count_nonzero(kept)),
        "n_comparison": effective_size(pool_weight * (pool != 0)),
        "largest_share": two_largest_share(kept),
        "variance_ratio_before": _variance_ratio(*before),
        "variance_ratio_after": _variance_ratio(*after),
        "ks_before": steps.distance(),
        "ks_after": steps.distance(at_weight, pool_weight),
    }


def level_rows(column: Levels, sides: Sides, how: Convention) -> list[Row]:
    """Balance of each level of one flag or category."""
    size, known = column.known + 1, slice(column.known)
    at, pool = column.codes[sides.treated], column.codes[~sides.treated].astype(np.intp)
    kept = np.bincount(at[sides.at > 0], minlength=size)
    counts = np.bincount(at, minlength=size), np.bincount(pool, minlength=size)
    weights = (
        np.bincount(at, weights=sides.at, minlength=size),
        np.bincount(pool, weights=sides.pool, minlength=size),
    )
    squares = np.bincount(pool, weights=sides.squares, minlength=size)
    totals = [float(tally[known].sum()) for tally in (*counts, *weights)]
    rows = []
    for code, label in column.rows:
        shares = [
            share_moments(_share(float(tally[code]), total))
            for tally, total in zip((*counts, *weights), totals, strict=True)
        ]
        before, after = (shares[0], shares[1]), (shares[2], shares[3])
        everyone = share_moments(_share(float(counts[0][code] + counts[1][code]), totals[0] + totals[1]))
        scale = 1.0 if how.binary == "raw" else _scale(before, everyone, how)
        rows.append(
            {
                "level": label,
                "percent": True,
                **_means(before, after, scale),
                "n_treated": int(kept[code]),
                "n_comparison": _share(float(weights[1][code]) ** 2, float(squares[code]), nothing=0.0),
                "largest_share": min(2, int(kept[code])) / max(int(kept[code]), 1),
                "variance_ratio_before": None,
                "variance_ratio_after": None,
                "ks_before": _gap(*before),
                "ks_after": _gap(*after),
            }
        )
    return rows


def _share(part: float, total: float, nothing: float = float("nan")) -> float:
    return part / total if total > 0 else nothing


def _scale(before: tuple[Moments, Moments], everyone: Moments | None, how: Convention) -> float:
    if how.denominator == "pooled":
        return pooled(*before)
    if how.denominator == "all" and everyone is not None:
        return everyone.sd
    return before[how.denominator == "control"].sd


def _means(before: tuple[Moments, Moments], after: tuple[Moments, Moments], scale: float) -> Row:
    return {
        "mean_treated": before[0].mean,
        "mean_pool": before[1].mean,
        "mean_matched_treated": after[0].mean,
        "mean_comparison": after[1].mean,
        "smd_before": ratio(difference(before[0].mean, before[1].mean), scale),
        "smd_after": ratio(difference(after[0].mean, after[1].mean), scale),
    }


def _variance_ratio(treated: Moments, comparison: Moments) -> float | None:
    told = comparison.variance > 0 and treated.variance >= 0
    return treated.variance / comparison.variance if told else None


def _gap(treated: Moments, comparison: Moments) -> float | None:
    gap = abs(difference(treated.mean, comparison.mean))
    return None if np.isnan(gap) else gap
