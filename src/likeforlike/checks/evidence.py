"""What a check may look at: one measure of a finished study, as arrays, and the study itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.checks.again import Again, differences
from likeforlike.estimates import Estimates
from likeforlike.estimates.difference import Difference
from likeforlike.labs.definition import Covariate, Measure

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """One measure of a finished study.

    `units` has the rows of the match with weight, for whom the measure is known, sorted by `event_id`; the arrays
    follow it, each (units,).
    """

    measure: Measure
    found: Difference
    """The study's own estimate."""
    units: pl.DataFrame
    outcome: Floats
    study: Again

    @property
    def treated(self) -> Mask:
        mask: Mask = self.units["treated"].to_numpy()
        return mask

    @property
    def weight(self) -> Floats:
        weight: Floats = self.units["weight"].to_numpy()
        return weight

    @property
    def distance(self) -> Floats:
        distance: Floats = self.units["distance"].to_numpy()
        return distance

    @property
    def covariates(self) -> list[Covariate]:
        """What the groups are alike on."""
        declared = {c.name: c for c in self.study.lab.covariates.covariate}
        return [declared[name] for name in self.study.matched.covariates]


def evidence_of(study: Again, estimates: Estimates) -> Iterator[Evidence]:
    """The evidence on each measure that was estimated.

    Parameters
    ----------
    study
        The finished study.
    estimates
        Its own estimates.
    """
    found = differences(estimates)
    weighted = study.matched.frame.filter(pl.col("weight") > 0)
    joined = weighted.join(study.outcomes.frame, on="event_id").sort("event_id")
    for name in study.measures:
        measure = study.lab.outcomes.get(name)
        units = joined.filter(pl.col(measure.base)) if measure.base else joined
        outcome = units[measure.column].cast(pl.Float64).to_numpy()
        yield Evidence(measure, found[name], units.select(weighted.columns), outcome, study)
