"""What a programme does: the future of its participants, followed as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.errors import LabProblem
from likeforlike.synthetic.spells.lives import Days, Floats, Lives, joined, totals
from likeforlike.synthetic.spells.simulate import Simulation

BATCH = 200_000
SOLVING = 60
"""Replicates for the search of the hazard ratio."""
WIDEST = 50.0


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when participants are followed, and what they had behind them when they began; by person."""

    index: Days
    onset: Days
    end: Days
    state: NDArray[np.int64]
    """On the day of the onset."""
    before: Floats
    """Days in the outcome's state from the index day to the onset."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Chances of the outcome, and expected days in its state, as the lab's outcomes measure them."""

    rate: Floats
    days: Floats


class Replicas:
    """Participants from their start, to be followed to the end of the period as often as one likes."""

    def __init__(
        self, simulation: Simulation, lives: Lives, period: Period, outcome: int, *, at_end: bool
    ) -> None:
        self.simulation, self.lives, self.period = simulation, lives, period
        self.outcome, self.at_end = outcome, at_end

    def follow(self, ratio: float, replicates: int, seed: int) -> Chances:
        """Averages over `replicates`."""
        size = len(self.period.state)
        rate, days = np.zeros(size), np.zeros(size)
        batch, done = max(1, min(replicates, BATCH // max(size, 1))), 0
        while done < replicates:
            copies = min(batch, replicates - done)
            had, spent = self._once(copies, ratio, np.random.default_rng([seed, done]))
            rate += had.reshape(copies, size).sum(axis=0)
            days += spent.reshape(copies, size).sum(axis=0)
            done += copies
        return Chances(rate / replicates, self.period.before + days / replicates)

    def ratio_for(self, effect: float, analysed: NDArray[np.bool_], seed: int) -> float:
        """The hazard ratio whose mean effect on the outcome of those `analysed` is `effect`.

        Raises
        ------
        LabProblem
            No hazard ratio can move the outcome so far.
        """
        if effect == 0 or not analysed.any():
            return 1.0
        base = self.follow(1.0, SOLVING, seed).rate
        low, high = -np.log(WIDEST), np.log(WIDEST)
        for _ in range(18):
            middle = (low + high) / 2
            moved = self.follow(float(np.exp(middle)), SOLVING, seed).rate
            low, high = (middle, high) if (moved - base)[analysed].mean() < effect else (low, middle)
        if abs(middle) > 0.99 * np.log(WIDEST):
            raise LabProblem(
                "synthetic.toml: the key 'programme.effect' is out of any programme's reach: choose one nearer 0."
            )
        return float(np.exp(middle))

    def _once(
        self, copies: int, ratio: float, rng: np.random.Generator
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Whether each copy of each participant had the outcome, and its days in the state from the onset."""
        origin = np.tile(np.arange(len(self.period.state)), copies)
        onset, end = self.period.onset[origin], self.period.end[origin]
        steps = self.simulation.run(
            self.lives.take(origin), self.period.state[origin], onset, end, rng, ratio=ratio
        )
        spells = joined(steps)
        here = spells.take(spells.state == self.outcome)
        spent = here.days_between(onset[here.person], end[here.person])
        if self.at_end:
            counted = (here.start <= end[here.person]) & (end[here.person] < here.stop)
        else:
            counted = (here.start > onset[here.person]) & (here.start <= end[here.person])
        had = np.zeros(len(origin), dtype=bool)
        had[here.person[counted]] = True
        return had, totals(here.person, spent, len(origin))
