"""The history model `spells`: what the twin's generic parts ask of a world of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.calendar import dates, day_number, months_later
from likeforlike.synthetic.draws import Shares
from likeforlike.synthetic.spells.candidates import candidates
from likeforlike.synthetic.spells.effect import Period, Replicas
from likeforlike.synthetic.spells.lives import YEAR, Lives, Spells, joined, totals
from likeforlike.synthetic.spells.settings import SpellSettings
from likeforlike.synthetic.spells.simulate import Simulation
from likeforlike.synthetic.spells.tables import people_columns, spell_tables


class SpellModel:
    """Spells in the states that a lab's `synthetic.toml` names."""

    def __init__(
        self, settings: SpellSettings, regions: Sequence[str], months: int, settle_months: int
    ) -> None:
        self.settings, self.regions = settings, tuple(regions)
        self.months, self.settle_months = months, settle_months
        self.simulation = Simulation(settings)
        self.last_day = day_number(settings.vintage)

    @property
    def vintage(self) -> date:
        return self.settings.vintage

    def begin(self, male: NDArray[np.bool_], home: NDArray[np.int64], rng: np.random.Generator) -> Lives:
        """When people were born, where they stood when the records begin, and what nobody sees of them."""
        settings, size = self.settings, len(male)
        bands, nobody = np.array(settings.age_bands), np.zeros(size, dtype=np.int64)
        band = Shares(settings.ages).draw(nobody, rng)
        age = bands[band] + rng.random(size) * np.diff(bands)[band]
        born = self.last_day - np.floor(age * YEAR).astype(np.int64)
        entry = born + int(settings.entry_age * YEAR)
        first = day_number(settings.first_day)
        weights = [settings.initial.get(state, 0.0) for state in settings.state]
        there = Shares(weights).draw(nobody, rng)
        state = np.where(entry > first, list(settings.state).index(settings.entry_state), there)
        return Lives(
            male=male,
            born=born,
            home=home,
            begin=np.maximum(entry, first),
            state=state,
            frailty=rng.standard_normal(size),
            chance=rng.random(size),
            traits=rng.random((size, len(settings.trait))) < np.array([*settings.trait.values()]),
        )

    def live(self, lives: Lives, rng: np.random.Generator) -> Spells:
        """Whole histories without the programme."""
        return self.simulation.live(lives, self.last_day, rng)

    def candidates(
        self, lives: Lives, histories: Spells, kinds: Sequence[str], days: tuple[int, int]
    ) -> pl.DataFrame:
        """Months from which people may join; see `candidates.candidates`."""
        window = (days[0], min(days[1], self.last_day))
        return candidates(
            lives, histories, self.settings, regions=self.regions, kinds=tuple(kinds), days=window
        )

    def take(self, histories: Spells, people: NDArray[np.bool_]) -> Spells:
        """The histories of these people only, renumbered."""
        kept = histories.take(people[histories.person])
        return Spells((np.cumsum(people) - 1)[kept.person], kept.state, kept.start, kept.stop)

    def join(self, parts: Sequence[Spells], people: Sequence[int]) -> Spells:
        """Histories of several groups of so many people each, as one group."""
        offsets = np.cumsum([0, *people[:-1]])
        moved = [Spells(p.person + o, p.state, p.start, p.stop) for p, o in zip(parts, offsets, strict=True)]
        return joined(moved)

    def join_lives(self, parts: Sequence[Lives]) -> Lives:
        """Several groups of people as one."""
        return Lives(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Lives)})

    def take_part(
        self,
        lives: Lives,
        histories: Spells,
        chosen: pl.DataFrame,
        *,
        effect: float,
        replicates: int,
        seed: int,
        rng: np.random.Generator,
    ) -> tuple[Spells, pl.DataFrame, float]:
        """Histories with the programme's effect, and the truth about it; see `HistoryModel.take_part`.

        Whoever enters the outcome's state between the index day and the start is left out, as in the analysis.
        """
        index, onset = (chosen[name].to_numpy() for name in ("index_day", "start_day"))
        end = months_later(index, self.months)
        outcome = self.settings.outcome
        place = list(self.settings.state).index(outcome.state)
        mine = histories.state == place
        entered = mine & (histories.start > index[histories.person])
        entered &= histories.start < onset[histories.person]
        before = np.bincount(histories.person[entered], minlength=len(index)) > 0
        recent = months_later(index, self.months + self.settle_months) > self.last_day
        here = histories.on(onset)
        spent = histories.days_between(index[histories.person], onset[histories.person]) * mine
        known = totals(histories.person, spent, len(index))
        period = Period(index, onset, end, histories.state[here], known)
        replicas = Replicas(self.simulation, lives, period, place, at_end=outcome.when == "at_end")
        ratio = replicas.ratio_for(effect, ~before & ~recent, seed)
        until = np.full(len(index), self.last_day)
        now, *later = self.simulation.run(lives, period.state, onset, until, rng, ratio=ratio)
        begun = Spells(now.person, now.state, histories.start[here], now.stop)
        past = histories.take(histories.stop <= onset[histories.person])
        without = replicas.follow(1.0, replicates, seed)
        with_it = without if ratio == 1.0 else replicas.follow(ratio, replicates, seed)
        truth = pl.DataFrame(
            {
                "person": chosen["person"],
                "p0": without.rate,
                "p1": with_it.rate,
                "e0": without.days,
                "e1": with_it.days,
                "before_start": before,
                "too_recent": recent,
            }
        )
        return joined([past, begun, *later]).sorted(), truth, ratio

    def events(self, person_id: pl.Series, histories: Spells, chosen: pl.DataFrame) -> pl.DataFrame:  # noqa: ARG002
        """`person` and `event_id` (the person and the month); nobody decides the event."""
        day = dates(chosen["index_day"].to_numpy()).dt.to_string("%Y%m%d")
        nobody = pl.Series([None] * len(chosen), dtype=pl.Date)
        ids = person_id.gather(chosen["person"].to_numpy()) + "-" + day
        return pl.DataFrame({"person": chosen["person"], "event_id": ids, "conviction_date": nobody})

    def holders(self, histories: Spells, people: int) -> dict[str, NDArray[np.bool_]]:  # noqa: ARG002
        """Everybody may have every identifier."""
        return {}

    def tables(
        self, person_id: pl.Series, lives: Lives, histories: Spells, rng: np.random.Generator
    ) -> dict[str, pl.DataFrame]:
        """The tables of spells as the department would hold them on the last day, and what `people` adds."""
        spells = spell_tables(person_id, lives, histories, self.settings, self.last_day, rng)
        return spells | {"people": people_columns(lives, self.settings, self.regions)}
