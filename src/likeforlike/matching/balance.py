"""How alike the groups are on each covariate, before and after matching.

SMD: difference of means over the standard deviation of all participants before matching, n − 1 for numbers and
sqrt(p(1 − p)) for flags and every level, as cobalt has it with `s.d.denom = "treated"` and `binary = "std"`.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.effective import effective_size, two_largest_share

Floats = NDArray[np.float64]


def balance_table(frame: pl.DataFrame, covariates: list[Covariate], lights: MatchingDefaults) -> pl.DataFrame:
    """One row for each number, flag and category level.

    Parameters
    ----------
    frame
        All units with `treated`, `weight` (0 for the unmatched) and the covariates as `support.as_levels` has
        them.

    Returns
    -------
    polars.DataFrame
        `covariate label group level percent mean_treated mean_pool mean_matched_treated mean_comparison
        smd_before smd_after light n_treated n_comparison largest_share`; means of flags and levels are shares
        from 0 to 1; `n_treated` counts the matched participants with the flag or level, or whose number is not
        zero, `n_comparison` the same in effective comparison people, and `largest_share` is what the two largest
        participants hold of the total.
    """
    treated = frame["treated"].to_numpy()
    weight = frame["weight"].to_numpy()
    rows = []
    for covariate in covariates:
        for level, values, binary in _columns(frame, covariate):
            figures = _figures(values, treated, weight, binary)
            rows.append(
                {
                    "covariate": covariate.name,
                    "label": covariate.label,
                    "group": covariate.group,
                    "level": level,
                    "percent": binary,
                    **figures,
                    "light": light(figures["smd_after"], lights),
                }
            )
    return pl.DataFrame(rows)


def light(smd: float, limits: MatchingDefaults) -> str:
    """Green up to 5%, amber up to 10%, red above (or the lab's own limits)."""
    size = abs(smd)
    if size <= limits.green_smd:
        return "green"
    return "amber" if size <= limits.amber_smd else "red"


def _columns(frame: pl.DataFrame, covariate: Covariate) -> list[tuple[str, Floats, bool]]:
    values = frame[covariate.name]
    if covariate.kind == "category":
        present = sorted(values.unique().to_list())
        named = [v for v in covariate.levels if v in present]
        levels = named + [v for v in present if v not in covariate.levels]
        return [
            (str(covariate.levels.get(v, v)), (values == v).to_numpy().astype(float), True) for v in levels
        ]
    return [("", values.to_numpy().astype(float), covariate.kind == "flag")]


def _figures(
    values: Floats, treated: NDArray[np.bool_], weight: Floats, binary: bool
) -> dict[str, float | int]:
    known = ~np.isnan(values)
    all_treated, pool = values[treated & known], values[~treated & known]
    kept = treated & known & (weight > 0)
    comparison = ~treated & known & (weight > 0)
    matched = float(values[kept].mean()) if kept.any() else float("nan")
    weighted = (
        float(np.average(values[comparison], weights=weight[comparison]))
        if comparison.any()
        else float("nan")
    )
    mean = float(all_treated.mean())
    sd = float(np.sqrt(mean * (1 - mean))) if binary else float(all_treated.std(ddof=1))
    return {
        "mean_treated": mean,
        "mean_pool": float(pool.mean()) if len(pool) else float("nan"),
        "mean_matched_treated": matched,
        "mean_comparison": weighted,
        "smd_before": _ratio(mean - float(pool.mean()), sd) if len(pool) else float("nan"),
        "smd_after": _ratio(matched - weighted, sd),
        "n_treated": int((values[kept] != 0).sum()),
        "n_comparison": effective_size(weight[comparison & (values != 0)]),
        "largest_share": two_largest_share(values[kept]),
    }


def _ratio(difference: float, sd: float) -> float:
    return 0.0 if difference == 0 else difference / sd if sd > 0 else float("inf")
