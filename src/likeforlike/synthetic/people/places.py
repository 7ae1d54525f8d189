"""Regions and postcodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.draws import Shares

UNIT_LETTERS = list("ABDEFGHJLNPQRSTUWXYZ")
DISTRICTS = 22


@dataclass(frozen=True, slots=True)
class Places:
    """Regions, and the postcode areas in each."""

    region: tuple[str, ...]
    regions: Shares
    area: pl.Series
    areas: Shares

    @classmethod
    def from_lists(cls, lists: Mapping[str, Any]) -> Places:
        """Places from the tables of `places.toml`."""
        table = lists["region"]
        listed = [[a.strip() for a in r["areas"].split(",")] for r in table]
        area = [a for areas in listed for a in areas]
        # the first area of a region is its largest town
        weights = [[1 / (1 + areas.index(a)) ** 0.6 if a in areas else 0.0 for a in area] for areas in listed]
        return cls(
            region=tuple(r["name"] for r in table),
            regions=Shares([r["share"] for r in table]),
            area=pl.Series(area),
            areas=Shares(weights),
        )

    def draw_postcodes(self, region: NDArray[np.int64], rng: np.random.Generator) -> pl.Series:
        """Postcodes in these regions."""
        size = len(region)
        letters = pl.Series(UNIT_LETTERS)
        area = self.area.gather(self.areas.draw(region, rng))
        district = pl.Series(rng.integers(1, DISTRICTS + 1, size)).cast(pl.String)
        sector = pl.Series(rng.integers(0, 10, size)).cast(pl.String)
        first = letters.gather(rng.integers(0, len(letters), size))
        second = letters.gather(rng.integers(0, len(letters), size))
        return area + district + " " + sector + first + second
