"""Which units are within reach of the other group: the rest cannot be compared."""

from __future__ import annotations

import polars as pl

from likeforlike.labs.definition import Covariate

UNKNOWN = "unknown"
FEW = 5


def as_levels(frame: pl.DataFrame, covariates: list[Covariate]) -> pl.DataFrame:
    """Categories as an `Enum` with missing as its own level, flags as `Boolean`, numbers as floats.

    A number that is not finite is missing.
    """
    return frame.with_columns(_typed(frame[c.name], c) for c in covariates)


def _typed(values: pl.Series, covariate: Covariate) -> pl.Series:
    if covariate.kind == "flag":
        return values.cast(pl.Boolean)
    if covariate.kind == "number":
        numbers = values.cast(pl.Float64)
        return numbers if numbers.is_finite().all() else numbers.set(~numbers.is_finite(), None)
    text = values.cast(pl.String).fill_null(UNKNOWN)
    return text.cast(pl.Enum(text.unique().sort()))


def common_support(frame: pl.DataFrame, covariates: list[Covariate]) -> pl.Series:
    """Mask of the units that the other group can be compared with, covariate by covariate.

    A level of a category or flag must be found in both groups, and so must a number that is missing or one that is
    not; a pool member's numbers must lie between the participants' lowest and highest. Whoever is left out could
    match nobody, and would send the score's coefficients to infinity. Dropping units may narrow what is shared, so
    it repeats until nothing changes.
    """
    kept = pl.Series("kept", [True]).new_from_index(0, frame.height)
    while True:
        treated = frame["treated"].filter(kept)
        shared = [_shared(frame[c.name].filter(kept), treated, c) for c in covariates]
        now = frame.select(pl.all_horizontal(kept, *shared).fill_null(value=False).alias("kept")).to_series()
        if now.sum() == kept.sum():
            return kept
        kept = now


def rare_levels(frame: pl.DataFrame, covariates: list[Covariate], inside: pl.Series) -> tuple[str, ...]:
    """Sentences about levels with fewer than five participants or pool members: they make a score unsteady."""
    found = []
    treated = frame["treated"].filter(inside)
    for covariate in covariates:
        if covariate.kind == "number":
            continue
        counts = level_counts(frame[covariate.name].filter(inside), treated).with_columns(
            pl.col("level").cast(pl.String)
        )
        few = counts.filter(pl.min_horizontal("participants", "others") < FEW).sort("level")
        found += [
            f"'{covariate.name}: {row['level']}' is rare: {row['participants']} participants, {row['others']} others."
            for row in few.iter_rows(named=True)
        ]
    return tuple(found)


def _shared(values: pl.Series, treated: pl.Series, covariate: Covariate) -> pl.Expr:
    """Whether a unit shares the covariate with the other group, going by those still inside."""
    column = pl.col(covariate.name)
    if covariate.kind == "number":
        own, others = values.filter(treated), values.filter(~treated)
        missing = bool(own.null_count() and others.null_count())
        told = bool(own.count() and others.count())
        within = pl.col("treated") | column.is_between(own.min(), own.max())
        return pl.when(column.is_null()).then(missing).otherwise(within & told)
    counts = level_counts(values, treated)
    both = counts.filter((pl.col("participants") > 0) & (pl.col("others") > 0))["level"]
    return column.is_in(both.implode(), nulls_equal=True)


def level_counts(values: pl.Series, treated: pl.Series) -> pl.DataFrame:
    """`level participants others`: how many of each group have each level that somebody has."""
    everyone = values.value_counts(name="everyone")
    own = values.filter(treated).value_counts(name="participants")
    counts = everyone.join(own, on=values.name, how="left", nulls_equal=True)
    return counts.select(
        pl.col(values.name).alias("level"),
        pl.col("participants").fill_null(0),
        (pl.col("everyone") - pl.col("participants").fill_null(0)).alias("others"),
    )
