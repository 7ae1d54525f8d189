"""What the programme truly does to the people who took part, by simulating their next year many times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from likeforlike.errors import LabProblem
from likeforlike.synthetic.calendar import months_later
from likeforlike.synthetic.careers.occasions import Days, Lives, Occasions, join
from likeforlike.synthetic.careers.ogrs3 import Floats
from likeforlike.synthetic.careers.simulate import Help, Simulation
from likeforlike.synthetic.careers.waiting import YEAR

BATCH = 250_000
SOLVING = 60
"""Replicates for the search of the hazard ratio."""


@dataclass(frozen=True, slots=True)
class Year:
    """Chances of a reoffence, and expected reoffences, as the lab's outcomes measure them."""

    rate: Floats
    reoffences: Floats


class Replicas:
    """Participants at their index events, to be followed for a year as often as one likes.

    Everybody is taken to be free of reoffences until the programme starts, as in the analysis.
    """

    def __init__(
        self, simulation: Simulation, lives: Lives, at: Occasions, onset: Days, *, months: int, settle: int
    ) -> None:
        self.simulation = simulation
        self.lives, self.at, self.onset = lives, at, onset
        self.last_day = months_later(at.index_day, months)
        self.settled = months_later(at.index_day, months + settle)

    def year(self, ratio: float, replicates: int, seed: int, *, rate_only: bool = False) -> Year:
        """Averages over `replicates`, with the same random numbers for every `ratio`."""
        size = len(self.at)
        rate, reoffences = np.zeros(size), np.zeros(size)
        batch = max(1, min(replicates, BATCH // max(size, 1)))
        done = 0
        while done < replicates:
            copies = min(batch, replicates - done)
            rng = np.random.default_rng([seed, done])
            count = self._followed(copies, ratio, rng, rate_only).reshape(copies, size)
            rate += (count > 0).sum(axis=0)
            reoffences += count.sum(axis=0)
            done += copies
        return Year(rate / replicates, reoffences / replicates)

    def ratio_for(self, effect: float, analysed: np.typing.NDArray[np.bool_], seed: int) -> float:
        """The hazard ratio whose mean effect on the one-year rate of those `analysed` is `effect`.

        Raises
        ------
        LabProblem
            No hazard ratio can move the rate so far.
        """
        if effect == 0 or not analysed.any():
            return 1.0
        base = self.year(1.0, SOLVING, seed, rate_only=True).rate
        low, high = np.log(0.02), np.log(50.0)
        for _ in range(18):
            middle = (low + high) / 2
            moved = self.year(float(np.exp(middle)), SOLVING, seed, rate_only=True).rate
            if (moved - base)[analysed].mean() < effect:
                low = middle
            else:
                high = middle
        if not np.log(0.021) < middle < np.log(49.0):
            raise LabProblem(
                "synthetic.toml: the key 'programme.effect' is out of any programme's reach: "
                "choose one nearer 0."
            )
        return float(np.exp(middle))

    def _followed(
        self, copies: int, ratio: float, rng: np.random.Generator, rate_only: bool
    ) -> np.typing.NDArray[np.int64]:
        """Reoffences of each copy of each participant."""
        size = len(self.at)
        origin = np.tile(np.arange(size), copies)
        lives = self.lives.take(self.at.person[origin])
        at = self.at.take(origin).with_person(np.arange(len(origin)))
        onset, last = self.onset[origin], self.last_day[origin]
        hazard = self.simulation.hazard_by(lives, at, onset) + rng.exponential(size=len(origin))
        steps = self.simulation.after(
            lives,
            at,
            rng,
            hazard=hazard,
            help=Help(onset, ratio),
            last_day=last,
            steps=1 if rate_only else None,
        )
        done = join(steps)
        done = done.take(~done.breach & (done.disposal_day <= self.settled[origin][done.person]))
        if rate_only:
            return np.bincount(done.person, minlength=len(origin))
        age = (done.offence_day - lives.born[done.person]) / YEAR
        single = self.simulation.offending.all_offences(done, lives.male[done.person], age, rng)
        person = done.person[single.occasion]
        return np.bincount(person[single.day <= last[person]], minlength=len(origin))
