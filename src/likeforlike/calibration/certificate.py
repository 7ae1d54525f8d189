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
    from likeforlike.records import Register

CELL = ("size", "strength", "term", "method")


@dataclass(frozen=True, slots=True, repr=False)
class Certificate:
    """One row for each size, strength of selection, measure and estimator.

    `frame` has `size strength term method replications bias bias_error empirical_se model_se coverage coverage_error
    false_positives false_positives_error power power_error`; bias is on the measure's scale, the last six are
    shares from 0 to 1; `power` is for the planted effect.
    """

    lab: str
    lab_sha256: str
    register_sha256: str
    plan_sha256: str
    vintage: date
    people: int
    """From whom placebo programmes were drawn."""
    frame: pl.DataFrame

    def summary(self) -> str:
        """The primary estimator in a line for each size and strength."""
        lines = []
        for r in self.frame.filter(pl.col("method") == "primary").iter_rows(named=True):
            lines.append(
                f"{r['term']}, {r['size']:,} participants, selection {r['strength']:g}: interval holds the truth in "
                f"{100 * r['coverage']:.1f}% (± {100 * r['coverage_error']:.1f}), significant without an effect in "
                f"{100 * r['false_positives']:.1f}%, with one in {100 * r['power']:.0f}%."
            )
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        told = {
            k: getattr(self, k) for k in ("lab", "lab_sha256", "register_sha256", "plan_sha256", "people")
        }
        return {**told, "vintage": self.vintage.isoformat(), "cells": self.frame.to_dicts()}


def certify(runs: pl.DataFrame, *, lab: Lab, plan: Plan, register: Register, people: int) -> Certificate:
    """Sum the trial runs up.

    Parameters
    ----------
    runs
        `size strength replication term method effect truth estimate std_error conf_low conf_high p_value`.
    """
    return Certificate(
        lab=lab.name,
        lab_sha256=lab.sha256,
        register_sha256=register.sha256,
        plan_sha256=plan.sha256,
        vintage=register.vintage,
        people=people,
        frame=performance(runs),
    )


def performance(runs: pl.DataFrame) -> pl.DataFrame:
    """Bias, standard errors, coverage, false positives and power of each cell, with Monte Carlo errors."""
    known = runs.drop_nulls(["p_value"]).filter(pl.col("p_value").is_not_nan())
    covered = (pl.col("conf_low") <= pl.col("truth")) & (pl.col("truth") <= pl.col("conf_high"))
    called = pl.col("p_value") <= 0.05
    error = pl.col("estimate") - pl.col("truth")
    nothing = pl.col("effect") == 0
    told = known.group_by(CELL, maintain_order=True).agg(
        pl.col("replication").n_unique().alias("replications"),
        error.mean().alias("bias"),
        (error.std() / pl.len().sqrt()).alias("bias_error"),
        error.std().alias("empirical_se"),
        (pl.col("std_error") ** 2).mean().sqrt().alias("model_se"),
        covered.mean().alias("coverage"),
        called.filter(nothing).mean().alias("false_positives"),
        called.filter(~nothing).mean().alias("power"),
    )
    for share in ("coverage", "false_positives", "power"):
        spread = (pl.col(share) * (1 - pl.col(share)) / pl.col("replications")).sqrt()
        told = told.with_columns(spread.alias(f"{share}_error"))
    return told.sort(CELL)
