"""Which units share their category levels with the other group: the rest cannot be compared."""

from __future__ import annotations

import polars as pl

from likeforlike.labs.definition import Covariate

UNKNOWN = "unknown"


def as_levels(frame: pl.DataFrame, covariates: list[Covariate]) -> pl.DataFrame:
    """Categories as text with missing as its own level, flags as 0/1, numbers as floats."""
    casts = {
        "category": lambda c: pl.col(c).cast(pl.String).fill_null(UNKNOWN),
        "flag": lambda c: pl.col(c).cast(pl.Float64),
        "number": lambda c: pl.col(c).cast(pl.Float64),
    }
    return frame.with_columns(casts[c.kind](c.name) for c in covariates)


def common_levels(frame: pl.DataFrame, covariates: list[Covariate]) -> pl.Series:
    """Mask of the units whose level of every category is found in both groups.

    A level without participants can match nobody, and one without pool members has no comparison; both would
    also send the score's coefficients to infinity. Dropping units may empty further levels, so it repeats.
    """
    categories = [c.name for c in covariates if c.kind == "category"]
    kept = pl.Series("kept", [True]).new_from_index(0, frame.height)
    while categories:
        inside = frame.filter(kept)
        shared = [_in_both(inside, c) for c in categories]
        now = frame.select(
            pl.all_horizontal(pl.col(c).is_in(levels.implode()) for c, levels in shared)
        ).to_series()
        now = (now & kept).rename("kept")
        if now.sum() == kept.sum():
            break
        kept = now
    return kept


def _in_both(frame: pl.DataFrame, column: str) -> tuple[str, pl.Series]:
    groups = frame.group_by(column).agg(pl.col("treated").n_unique().alias("groups"))
    return column, groups.filter(pl.col("groups") == 2)[column]
