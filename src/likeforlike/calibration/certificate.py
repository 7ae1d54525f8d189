"""What the trial runs say about the lab's own error rate, each figure with its Monte Carlo error.

Bias, standard errors, coverage and power as Morris, White & Crowther 2019, Statistics in Medicine 38(11), table 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from likeforlike.labs.definition import Lab
    from likeforlike.plan import Plan

CELL = ("size", "strength", "term", "method")
SIGNIFICANT = 0.05
COLUMNS = {
    "size": pl.Int64,
    "strength": pl.Float64,
    "term": pl.String,
    "method": pl.String,
    "replications": pl.Int64,
    "refused": pl.Int64,
    **dict.fromkeys(
        (
            *("bias", "bias_error", "empirical_se", "empirical_se_error", "model_se"),
            *("coverage", "coverage_error", "false_positives", "false_positives_error"),
            *("effect", "power", "power_error"),
        ),
        pl.Float64,
    ),
}


@dataclass(frozen=True, slots=True, repr=False)
class Certificate:
    """One row for each size, strength of selection, measure and estimator.

    `frame` has `size strength term method replications refused bias bias_error empirical_se empirical_se_error
    model_se coverage coverage_error false_positives false_positives_error effect power power_error`. Bias, standard
    errors and the planted `effect` are on the measure's scale, the others shares from 0 to 1; `refused` counts
    programmes that could not be analysed, which are not among the `replications`. Bias, standard errors and
    `false_positives` are of programmes without an effect, `power` of those with one, `coverage` of both.
    """

    lab: str
    lab_sha256: str
    register_sha256: str
    plan_sha256: str
    vintage: date
    people: int
    """From whom placebo programmes were drawn."""
    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Certificate: {self.lab}, {self.frame.height} rows>"

    def summary(self) -> str:
        """The primary estimator in a line for each size, strength and measure."""
        primary = self.frame.filter(pl.col("method") == "primary")
        return "\n".join(_line(row) for row in primary.iter_rows(named=True))

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        told = {
            k: getattr(self, k) for k in ("lab", "lab_sha256", "register_sha256", "plan_sha256", "people")
        }
        return {**told, "vintage": self.vintage.isoformat(), "cells": self.frame.to_dicts()}


def certify(
    runs: pl.DataFrame, *, lab: Lab, plan: Plan, register_sha256: str, vintage: date, people: int
) -> Certificate:
    """Sum the trial runs up.

    Parameters
    ----------
    runs
        `size strength replication term method effect truth estimate std_error conf_low conf_high p_value`.
    """
    return Certificate(
        lab=lab.name,
        lab_sha256=lab.sha256,
        register_sha256=register_sha256,
        plan_sha256=plan.sha256,
        vintage=vintage,
        people=people,
        frame=performance(runs),
    )


def performance(runs: pl.DataFrame) -> pl.DataFrame:
    """Bias, standard errors, coverage, false positives and power of each cell, with Monte Carlo errors.

    A programme with a planted effect is the one without it, changed: both count as one replication in the error of
    their common coverage.
    """
    runs = runs.with_columns(known=pl.col("p_value").is_not_null() & pl.col("p_value").is_not_nan())
    covered = (pl.col("conf_low") <= pl.col("truth")) & (pl.col("truth") <= pl.col("conf_high"))
    called = (pl.col("p_value") <= SIGNIFICANT).cast(pl.Float64)
    error = pl.col("estimate") - pl.col("truth")
    nothing = pl.col("effect") == 0
    each = (
        runs.filter("known")
        .group_by(*CELL, "replication")
        .agg(
            error.filter(nothing).mean().alias("error"),
            (pl.col("std_error") ** 2).filter(nothing).mean().alias("variance"),
            covered.cast(pl.Float64).mean().alias("covered"),
            called.filter(nothing).mean().alias("alarm"),
            called.filter(~nothing).mean().alias("found"),
            pl.col("truth").filter(~nothing).mean().alias("effect"),
        )
        .sort(*CELL, "replication")
    )
    spread = pl.col("error").std()
    told = each.group_by(CELL, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("replications"),
        pl.col("error").mean().alias("bias"),
        (spread / pl.len().sqrt()).alias("bias_error"),
        spread.alias("empirical_se"),
        (spread / (2 * (pl.len().cast(pl.Float64) - 1)).sqrt()).alias("empirical_se_error"),
        pl.col("variance").mean().sqrt().alias("model_se"),
        pl.col("covered").mean().alias("coverage"),
        _error("covered").alias("coverage_error"),
        pl.col("alarm").mean().alias("false_positives"),
        _error("alarm").alias("false_positives_error"),
        pl.col("effect").mean(),
        pl.col("found").mean().alias("power"),
        _error("found").alias("power_error"),
    )
    tried = runs.group_by(CELL).agg(pl.col("replication").n_unique().cast(pl.Int64).alias("tried"))
    whole = tried.join(told, on=CELL, how="left").with_columns(pl.col("replications").fill_null(0))
    whole = whole.with_columns(refused=pl.col("tried") - pl.col("replications")).sort(CELL)
    return whole.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items()).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


def _error(share: str) -> pl.Expr:
    """Monte Carlo error of a share; where all or none were, that of two more of either kind (Agresti & Coull 1998).

    A few programmes without a false alarm do not prove that there are none, as an error of zero would say.
    """
    each, size = pl.col(share), pl.len().cast(pl.Float64)
    middle = 2 / (size + 4)
    certain = each.mean().is_in([0.0, 1.0])
    at_the_end = (middle * (1 - middle) / (size + 4)).sqrt()
    return pl.when(certain).then(at_the_end).otherwise(each.std(ddof=0) / size.sqrt())


def _line(row: dict[str, Any]) -> str:
    head = f"{row['term']}, {row['size']:,} participants, selection {row['strength']:g}: "
    if not row["replications"]:
        return head + f"none of {row['refused']:,} programmes could be analysed."
    refused = f"; {row['refused']:,} refused" if row["refused"] else ""
    return (
        f"{head}interval holds the truth in {100 * row['coverage']:.1f}% (± {100 * row['coverage_error']:.1f}), "
        f"significant without an effect in {100 * row['false_positives']:.1f}% "
        f"(± {100 * row['false_positives_error']:.1f}), with one in {100 * row['power']:.0f}% "
        f"({row['replications']:,} programmes{refused})."
    )
