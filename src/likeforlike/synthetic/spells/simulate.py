"""Lets people move between states: competing exponential waiting times, whose rates depend on the person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.synthetic.spells.lives import FOREVER, YEAR, Days, Floats, Lives, Spells, joined
from likeforlike.synthetic.spells.settings import OWN_TERMS, SpellSettings


class Simulation:
    """The moves of a world of states."""

    def __init__(self, settings: SpellSettings) -> None:
        self.states = tuple(settings.state)
        names = (*OWN_TERMS, *settings.trait)
        count = len(self.states)
        self.level = np.full((count, count), -np.inf)
        self.terms = np.zeros((count, count, len(names)))
        self.power = np.zeros((count, count))
        place = {state: i for i, state in enumerate(self.states)}
        for here, state in settings.state.items():
            for there, move in state.move.items():
                self.level[place[here], place[there]] = np.log(move.rate / YEAR)
                for name, value in move.terms.items():
                    self.terms[place[here], place[there], names.index(name)] = value
        for name, power in settings.help.into.items():
            self.power[:, place[name]] += power
        for name, power in settings.help.out_of.items():
            self.power[place[name]] += power

    def run(
        self,
        lives: Lives,
        state: NDArray[np.int64],
        day: Days,
        until: Days,
        rng: np.random.Generator,
        *,
        ratio: float = 1.0,
    ) -> list[Spells]:
        """Spells from the state that each person is in on a day, in steps: the first of everybody, the second, ...

        Waiting times have no memory, so a spell that goes on is drawn like a new one.

        Parameters
        ----------
        until
            Whoever is past this day moves no more.
        ratio
            The programme's hazard ratio.
        """
        person = np.arange(len(state))
        steps: list[Spells] = []
        while len(person):
            stop, following = self._next(lives.take(person), state, day, rng, ratio)
            steps.append(Spells(person, state, day, stop))
            goes_on = stop <= until[person]
            person, state, day = person[goes_on], following[goes_on], stop[goes_on]
        return steps

    def live(self, lives: Lives, until: int, rng: np.random.Generator) -> Spells:
        """Whole histories without a programme."""
        last = np.full(len(lives.state), until)
        return joined(self.run(lives, lives.state, lives.begin, last, rng)).sorted()

    def _next(
        self, lives: Lives, state: NDArray[np.int64], day: Days, rng: np.random.Generator, ratio: float
    ) -> tuple[Days, NDArray[np.int64]]:
        """When each person leaves a state, and for which one."""
        log_rate = self.level[state] + np.einsum("pf,psf->ps", lives.terms(day), self.terms[state])
        reached = np.cumsum(np.exp(log_rate + self.power[state] * np.log(ratio)), axis=1)
        total: Floats = reached[:, -1]
        drawn, picked = rng.exponential(size=len(state)), rng.random(len(state))
        with np.errstate(divide="ignore"):
            wait = np.minimum(drawn / total, FOREVER)
        following = (picked[:, None] * total[:, None] >= reached).sum(axis=1)
        return day + np.maximum(np.ceil(wait).astype(np.int64), 1), np.minimum(
            following, len(self.states) - 1
        )
