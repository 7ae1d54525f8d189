"""Which offences are committed, and how many on one occasion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.synthetic.careers.occasions import Occasions
from likeforlike.synthetic.careers.settings import CareerSettings
from likeforlike.synthetic.draws import Shares

AGE_BANDS = np.array([18, 25, 40])
CLASSES = ("indictable", "either way", "summary")


@dataclass(frozen=True, slots=True)
class Offences:
    """Single offences: the position of their occasion, their place in it, and what they were."""

    occasion: NDArray[np.int64]
    place: NDArray[np.int64]
    day: NDArray[np.int64]
    group: NDArray[np.int64]


class Offending:
    """Draws offences; the rows of `mix` are sex, age band and whether it is a first sanction."""

    def __init__(self, settings: CareerSettings) -> None:
        self.settings = settings.offending
        table = settings.offence
        weights = np.array([[o.women for o in table], [o.men for o in table]])  # sex, group, band
        first = np.array([o.first for o in table])[None, :, None]
        mix = np.stack([weights, weights * first], axis=-1).transpose(0, 2, 3, 1)
        self.mix = Shares(mix.reshape(-1, len(table)))
        self.seriousness = np.array([o.seriousness for o in table])
        self.groups = [o.group for o in table]
        self.classes = Shares([o.classes for o in table])
        self.further = np.array([o.further for o in table])

    def main_group(
        self,
        male: NDArray[np.bool_],
        age: NDArray[np.float64],
        last_group: NDArray[np.int64],
        first: NDArray[np.bool_],
        rng: np.random.Generator,
    ) -> NDArray[np.int64]:
        """The group of the main offence; without a history `last_group` is not used."""
        fresh = self.mix.draw(self._row(male, age, first), rng)
        persists = (rng.random(len(male)) < self.settings.persistence) & ~first
        return np.where(persists, last_group, fresh)

    def all_offences(
        self,
        occasions: Occasions,
        male: NDArray[np.bool_],
        age: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Offences:
        """Every offence of the occasions, the main one first.

        Further offences are never more serious than the main one, and fall between it and the disposal.
        """
        growth = 1 + self.settings.further_growth * np.log1p(occasions.earlier)
        mean = np.where(occasions.breach, 0.0, self.further[occasions.group] * growth)
        # geometric: a few people commit many
        count = rng.geometric(1 / (1 + mean)) - 1
        size = np.minimum(count, 30) + 1
        occasion = np.repeat(np.arange(len(occasions)), size)
        place = np.arange(len(occasion)) - np.repeat(np.cumsum(size) - size, size)
        further = place > 0
        main = occasions.group[occasion]
        first = (occasions.earlier == 0)[occasion]
        drawn = self.mix.draw(self._row(male[occasion], age[occasion], first), rng)
        other = further & (rng.random(len(occasion)) >= self.settings.same_group)
        milder = self.seriousness[drawn] <= self.seriousness[main]
        gap = occasions.disposal_day[occasion] - occasions.offence_day[occasion]
        later = np.floor(rng.random(len(occasion)) ** 2 * np.minimum(gap, 120)).astype(np.int64)
        return Offences(
            occasion=occasion,
            place=place,
            day=occasions.offence_day[occasion] + np.where(further, later, 0),
            group=np.where(other & milder, drawn, main),
        )

    @staticmethod
    def _row(
        male: NDArray[np.bool_], age: NDArray[np.float64], first: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        band = np.searchsorted(AGE_BANDS, age, side="right")
        row: NDArray[np.int64] = (male * (len(AGE_BANDS) + 1) + band) * 2 + first
        return row
