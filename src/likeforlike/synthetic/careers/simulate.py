"""Careers, one occasion of everybody's after another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from likeforlike.synthetic.calendar import day_number
from likeforlike.synthetic.careers.occasions import (
    CUSTODY,
    FINE,
    KINDS,
    ORDER,
    Days,
    Lives,
    Occasions,
    Past,
    join,
)
from likeforlike.synthetic.careers.offending import Offending
from likeforlike.synthetic.careers.ogrs3 import Floats, Ogrs3
from likeforlike.synthetic.careers.sentencing import Sentencing
from likeforlike.synthetic.careers.settings import CareerSettings
from likeforlike.synthetic.careers.waiting import YEAR, cumulative_hazard, whole_days, years_until


@dataclass(frozen=True, slots=True)
class Help:
    """A programme's force on the next offence: the hazard is multiplied by `ratio` from day `onset` on.

    `onset` counts the days after the index date on which a reoffence is still untouched.
    """

    onset: Days
    ratio: float


class Simulation:
    """The laws of the twin's world: from one occasion to the next."""

    def __init__(self, settings: CareerSettings, ogrs3: Ogrs3, regions: int) -> None:
        self.settings = settings
        self.ogrs3 = ogrs3
        self.regions = regions
        self.offending = Offending(settings)
        self.sentencing = Sentencing(settings)
        moves = settings.reoffending
        self.shift = moves.shift + np.array([getattr(moves, k.replace(" ", "_"), 0.0) for k in KINDS])
        self.last_day = day_number(settings.vintage)
        self.other = ogrs3.groups.index("other")

    def live(self, lives: Lives, rng: np.random.Generator) -> Occasions:
        """Whole careers of these people, to the last day."""
        first = self._first(lives, rng)
        return join([first, *self.after(lives, first, rng)])

    def after(
        self,
        lives: Lives,
        current: Occasions,
        rng: np.random.Generator,
        *,
        hazard: Floats | None = None,
        help: Help | None = None,
        last_day: Days | None = None,
        steps: int | None = None,
    ) -> list[Occasions]:
        """What follows these occasions (one for each person), to the last day.

        Parameters
        ----------
        lives, current
            People, and their latest occasions.
        hazard
            The cumulative hazard at which each next offence comes; drawn if not given.
        help
            The programme's force on the next offence; it ends with that offence.
        last_day
            Last day of an offence for each occasion; the vintage if not given.
        steps
            How many further occasions to follow; all if not given.
        """
        last = np.full(len(current), self.last_day) if last_day is None else last_day
        parts: list[Occasions] = []
        while len(current) and (steps is None or len(parts) < 2 * steps):
            drawn = rng.exponential(size=len(current)) if hazard is None else hazard
            day = self.next_offence(lives, current, drawn, help)
            hazard, help = None, None
            breach = self._breaches(current, np.minimum(day, last), rng)
            parts.append(breach)
            current, last = self._dealt_with(lives, current, breach=breach, day=day, last=last, rng=rng)
            parts.append(current)
        return parts

    def log_odds(self, lives: Lives, at: Occasions) -> Floats:
        """Log-odds of a proven reoffence within a year of each index day."""
        male = lives.male[at.person]
        age = (at.index_day - lives.born[at.person]) / YEAR
        since_first = (at.disposal_day - at.first_day) / YEAR
        moves = self.settings.reoffending
        short = np.where(at.custody_days < 365, moves.custody_short, moves.custody_long)
        past = np.where(at.earlier == 0, moves.first, moves.past * np.log1p(at.earlier))
        moved = (
            self.shift[at.kind]
            + np.where(at.kind == CUSTODY, short, 0.0)
            + np.where(male, past, past + moves.women)
        )
        return self.ogrs3.log_odds(male, age, since_first, at.earlier, at.group) + moved

    def next_offence(self, lives: Lives, at: Occasions, hazard: Floats, help: Help | None) -> Days:
        """Day of the next offence after each index day."""
        odds = self.log_odds(lives, at)
        slope = self.settings.reoffending.late_slope
        if help is not None:
            before = cumulative_hazard(help.onset / YEAR, odds, slope)
            hazard = np.where(hazard <= before, hazard, before + (hazard - before) / help.ratio)
        return at.index_day + whole_days(years_until(hazard, odds, slope))

    def hazard_by(self, lives: Lives, at: Occasions, days: Days) -> Floats:
        """Cumulative hazard at so many days after each index day."""
        return cumulative_hazard(days / YEAR, self.log_odds(lives, at), self.settings.reoffending.late_slope)

    def _first(self, lives: Lives, rng: np.random.Generator) -> Occasions:
        person = np.arange(len(lives.born))
        none = np.zeros(len(person), dtype=np.int64)
        age = (lives.entry - lives.born) / YEAR
        group = self.offending.main_group(lives.male, age, none, np.ones(len(person), dtype=bool), rng)
        return self._sentenced(lives, Past(person, none, none, none, None), lives.entry, group, rng)

    def _breaches(self, at: Occasions, until: Days, rng: np.random.Generator) -> Occasions:
        """Breaches of orders by people who have not offended again: dealt with on their own."""
        court = self.settings.court
        room = np.minimum(until - at.index_day - 8, YEAR)
        rows = (at.kind == ORDER) & (rng.random(len(at)) < court.breach) & (room > 8) & ~at.breach
        order = at.take(rows)
        day = order.index_day + 7 + np.floor(rng.random(len(order)) * room[rows]).astype(np.int64)
        again = rng.random(len(order)) < court.breach_order
        return replace(
            order,
            earlier=order.earlier + 1,
            orders=order.orders + 1,
            offence_day=day - 5,
            disposal_day=day,
            index_day=day,
            kind=np.where(again, ORDER, FINE),
            group=np.full(len(order), self.other),
            breach=np.ones(len(order), dtype=bool),
        )

    def _dealt_with(
        self,
        lives: Lives,
        at: Occasions,
        *,
        breach: Occasions,
        day: Days,
        last: Days,
        rng: np.random.Generator,
    ) -> tuple[Occasions, Days]:
        """The next occasion of those who offend again in time, and their last days."""
        breached = np.zeros(len(at), dtype=np.int64)
        ordered = np.zeros(len(at), dtype=np.int64)
        position = np.searchsorted(at.person, breach.person)
        breached[position] = 1
        ordered[position] = breach.kind == ORDER
        age = (day - lives.born[at.person]) / YEAR
        rows = (day <= last) & (age < self.settings.oldest)
        now = at.take(rows)
        again = np.zeros(len(now), dtype=bool)
        group = self.offending.main_group(lives.male[now.person], age[rows], now.group, again, rng)
        past = Past(
            person=now.person,
            earlier=now.earlier + 1 + breached[rows],
            custodies=now.custodies + (now.kind == CUSTODY),
            orders=now.orders + (now.kind == ORDER) + ordered[rows],
            first_day=now.first_day,
        )
        return self._sentenced(lives, past, day[rows], group, rng), last[rows]

    def _sentenced(
        self, lives: Lives, past: Past, day: Days, group: NDArray[np.int64], rng: np.random.Generator
    ) -> Occasions:
        """What follows offences of these groups on these days."""
        size = len(day)
        age = (day - lives.born[past.person]) / YEAR
        kind = self.sentencing.kind(group, past, age, rng)
        disposal = day + self.sentencing.court_days(kind, rng)
        custody = self.sentencing.custody_days(kind, group, rng)
        away = rng.random(size) < self.settings.court.away
        elsewhere = rng.integers(0, self.regions, size)
        return Occasions(
            person=past.person,
            earlier=past.earlier,
            custodies=past.custodies,
            orders=past.orders,
            first_day=disposal if past.first_day is None else past.first_day,
            offence_day=day,
            disposal_day=disposal,
            index_day=disposal + self.sentencing.served_days(custody),
            kind=kind,
            group=group,
            custody_days=custody,
            region=np.where(away, elsewhere, lives.home[past.person]),
            breach=np.zeros(size, dtype=bool),
        )
