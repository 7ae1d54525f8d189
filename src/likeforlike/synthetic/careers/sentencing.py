"""Which sentence follows, how long it lasts and when the person is free again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.synthetic.careers.occasions import CAUTION, CUSTODY, KINDS, Past
from likeforlike.synthetic.careers.settings import CareerSettings

Integers = NDArray[np.int64]


class Sentencing:
    """Draws sentences by offence group, past and age."""

    def __init__(self, settings: CareerSettings) -> None:
        self.settings = settings.sentencing
        self.court = settings.court
        shares = np.array([o.sentence for o in settings.offence], dtype=np.float64)
        self.base = np.log(np.maximum(shares, 1e-6))
        moves = [getattr(self.settings, k.replace(" ", "_")) for k in KINDS]
        self.base += np.array([m.level for m in moves])
        self.moves = np.array([[m.sanctions, m.custody, m.orders, m.youth] for m in moves]).T
        self.median_days = np.array([o.days for o in settings.offence])

    def kind(
        self, group: Integers, past: Past, age: NDArray[np.float64], rng: np.random.Generator
    ) -> Integers:
        """What is imposed, as a position in `KINDS`."""
        counts = np.log1p(np.column_stack([past.earlier, past.custodies, past.orders]))
        known = np.column_stack([counts, age < 18])
        weights = np.exp(self.base[group] + known @ self.moves)
        ladder = np.cumsum(weights, axis=1)
        drawn: Integers = (ladder < rng.random((len(group), 1)) * ladder[:, -1:]).sum(axis=1)
        return drawn

    def court_days(self, kind: Integers, rng: np.random.Generator) -> Integers:
        """Days from the offence to the disposal."""
        caution = kind == CAUTION
        median = np.where(caution, self.court.caution_delay, self.court.delay)
        spread = np.where(caution, self.court.caution_spread, self.court.delay_spread)
        days = median * np.exp(spread * rng.standard_normal(len(kind)))
        whole: Integers = np.clip(np.round(days), 1, 1500).astype(np.int64)
        return whole

    def custody_days(self, kind: Integers, group: Integers, rng: np.random.Generator) -> Integers:
        """Length of the sentence in days; 0 unless it is custody."""
        days = self.median_days[group] * np.exp(self.settings.length_spread * rng.standard_normal(len(kind)))
        drawn: Integers = np.where(kind == CUSTODY, np.clip(np.round(days), 7, 7300), 0).astype(np.int64)
        return drawn

    def served_days(self, custody_days: Integers) -> Integers:
        """Days from the disposal to release."""
        served: Integers = np.ceil(custody_days * self.settings.served).astype(np.int64)
        return served
