"""Which units are within reach of the other group: the rest cannot be compared."""

from __future__ import annotations

import polars as pl

from likeforlike.labs.definition import Covariate

UNKNOWN = "unknown"
FEW = 5


def as_levels(frame: pl.DataFrame, covariates: list[Covariate]) -> pl.DataFrame:
    """Categories as an `Enum` with missing as its own level, flags as `Boolean`, numbers as floats."""
    return frame.with_columns(_typed(frame[c.name], c) for c in covariates)


def _typed(values: pl.Series, covariate: Covariate) -> pl.Series:
    if covariate.kind == "flag":
        return values.cast(pl.Boolean)
    if covariate.kind == "number":
        return values.cast(pl.Float64)
    text = values.cast(pl.String).fill_null(UNKNOWN)
    return text.cast(pl.Enum(text.unique().sort()))


def common_support(frame: pl.DataFrame, covariates: list[Covariate]) -> pl.Series:
    """Mask of the units that the other group can be compared with, covariate by covariate.

    A level of a category or flag must be found in both groups, and a pool member's numbers must lie between the
    participants' lowest and highest. Whoever is left out could match nobody, and would send the score's
    coefficients to infinity. Dropping units may narrow what is shared, so it repeats until nothing changes.
    """
    kept = pl.Series("kept", [True]).new_from_index(0, frame.height)
    while True:
        inside = frame if kept.all() else frame.filter(kept)
        shared = [_shared(inside, c) for c in covariates]
        now = frame.select(pl.all_horizontal(kept, *shared).fill_null(value=False).alias("kept")).to_series()
        if now.sum() == kept.sum():
            return kept
        kept = now


def rare_levels(frame: pl.DataFrame, covariates: list[Covariate]) -> tuple[str, ...]:
    """Sentences about levels with fewer than five participants or pool members: they make a score unsteady."""
    found = []
    for covariate in covariates:
        if covariate.kind == "number":
            continue
        counts = frame.group_by(pl.col(covariate.name).cast(pl.String).alias("level")).agg(
            pl.col("treated").sum().alias("participants"), (~pl.col("treated")).sum().alias("others")
        )
        few = counts.filter(pl.min_horizontal("participants", "others") < FEW).sort("level")
        found += [
            f"'{covariate.name}: {row['level']}' is rare: {row['participants']} participants, {row['others']} others."
            for row in few.iter_rows(named=True)
        ]
    return tuple(found)


def _shared(inside: pl.DataFrame, covariate: Covariate) -> pl.Expr:
    column = pl.col(covariate.name)
    if covariate.kind == "number":
        participants = inside.filter("treated")[covariate.name]
        return (
            pl.col("treated") | column.is_null() | column.is_between(participants.min(), participants.max())
        )
    groups = inside.group_by(column).agg(pl.col("treated").n_unique().alias("groups"))
    both = groups.filter(pl.col("groups") == 2)[covariate.name]
    return column.is_in(both.implode(), nulls_equal=True)
