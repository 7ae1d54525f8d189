"""Whom each person is like: the mean of those alike, by the way the groups were matched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.estimates.difference import without_own
from likeforlike.matching.kernel import kernel_means
from likeforlike.matching.radius import Windows, local_means, windows

Floats = NDArray[np.float64]
EPANECHNIKOV_PEAK = 1.5
"""Of the kernel's weight at its centre, over its mean."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Mean of the comparison people alike to each participant, and how far each comparison person is from others."""

    to_participants: Floats
    residual: Floats


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Units with weight, as `Matched.frame` has them, and how they were matched."""

    method: str
    caliper: float
    treated: NDArray[np.bool_]
    distance: Floats
    weight: Floats
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]] | None = None
    near: Windows | None = None
    """The comparison people within the calliper of each unit; worked out when needed if not told."""

    @classmethod
    def of(
        cls, units: pl.DataFrame, method: str, caliper: float, pairs: pl.DataFrame | None
    ) -> Neighbourhood:
        """The neighbourhood of matched units.

        Parameters
        ----------
        units
            With weight above zero, in any order.
        pairs
            `participant, other` by `event_id`, for nearest neighbours.
        """
        treated, distance = units["treated"].to_numpy(), units["distance"].to_numpy()
        return cls(
            method=method,
            caliper=caliper,
            treated=treated,
            distance=distance,
            weight=units["weight"].to_numpy(),
            pairs=None if pairs is None else _places(units, pairs),
            near=windows(distance, distance[~treated], caliper) if method in ("radius", "kernel") else None,
        )

    def alike(self, values: Floats) -> Alike:
        """How `values`, one for each unit, compare with those of the people alike."""
        own = values[~self.treated]
        if self.method == "radius":
            return self._within_radius(own)
        if self.method == "kernel":
            return self._under_kernel(own)
        weight = self.weight[~self.treated]
        beyond = own - np.average(own, weights=weight)
        if self.pairs is not None:
            return self._paired(own, beyond)
        return Alike(np.full(int(self.treated.sum()), np.average(own, weights=weight)), beyond)

    def _within_radius(self, own: Floats) -> Alike:
        near = self.near or windows(self.distance, self.distance[~self.treated], self.caliper)
        means = local_means(near, own)
        share = 1.0 / near.count[~self.treated]
        return Alike(means[self.treated], without_own(own - means[~self.treated], share))

    def _under_kernel(self, own: Floats) -> Alike:
        at, pool = self.distance[self.treated], self.distance[~self.treated]
        near = self.near or windows(self.distance, pool, self.caliper)
        share = np.minimum(EPANECHNIKOV_PEAK / near.count[~self.treated], 1.0)
        around = kernel_means(pool, pool, self.caliper, own)
        return Alike(kernel_means(at, pool, self.caliper, own), without_own(own - around, share))

    def _paired(self, own: Floats, beyond: Floats) -> Alike:
        """Nearest neighbours: what one match adds is in its participant's own difference already.

        Only the sharing of matches is left to the comparison side, K² − K' of K²: Abadie & Imbens 2006, theorem 6.
        """
        participant, other = self.pairs or (np.empty(0, np.intp), np.empty(0, np.intp))
        counts = np.bincount(participant, minlength=int(self.treated.sum()))
        means = np.bincount(participant, weights=own[other], minlength=len(counts)) / counts
        alone = np.bincount(other, weights=1.0 / counts[participant] ** 2, minlength=len(own))
        shared = 1.0 - alone / self.weight[~self.treated] ** 2
        return Alike(means, beyond * np.sqrt(np.maximum(shared, 0.0)))


def _places(units: pl.DataFrame, pairs: pl.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    def place(column: str, treated: bool) -> NDArray[np.intp]:
        events = units.filter(pl.col("treated") == treated).select("event_id").with_row_index("place")
        found = pairs.select(event_id=column).join(events, on="event_id", how="left", maintain_order="left")
        return found["place"].to_numpy().astype(np.intp)

    return place("participant", treated=True), place("other", treated=False)
