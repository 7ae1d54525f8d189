"""The history model `careers`: what the twin's generic parts ask of a department's world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.calendar import dates, day_number, months_later
from likeforlike.synthetic.careers.candidates import candidates
from likeforlike.synthetic.careers.effect import Replicas
from likeforlike.synthetic.careers.occasions import CUSTODY, Lives, Occasions, join
from likeforlike.synthetic.careers.read import read_ogrs3
from likeforlike.synthetic.careers.settings import CareerSettings
from likeforlike.synthetic.careers.simulate import Help, Simulation
from likeforlike.synthetic.careers.tables import disposal_ids, disposals, offences
from likeforlike.synthetic.careers.waiting import YEAR
from likeforlike.synthetic.draws import Shares


class Careers:
    """Criminal careers over twenty years."""

    def __init__(
        self, settings: CareerSettings, regions: Sequence[str], months: int, settle_months: int
    ) -> None:
        self.settings = settings
        self.regions = tuple(regions)
        self.months, self.settle_months = months, settle_months
        self.simulation = Simulation(self.settings, read_ogrs3(), len(self.regions))
        self.last_day = day_number(self.settings.vintage)

    @property
    def vintage(self) -> date:
        return self.settings.vintage

    def begin(self, male: NDArray[np.bool_], home: NDArray[np.int64], rng: np.random.Generator) -> Lives:
        """When people were born and first offended; first offences become rarer by the year."""
        settings = self.settings
        first = day_number(settings.first_day)
        span = (self.last_day - first) / YEAR
        fall = settings.entry_decline
        drawn = rng.random(len(male))
        years = -np.log1p(-drawn * -np.expm1(-fall * span)) / fall
        entry = first + np.floor(years * YEAR).astype(np.int64)
        bands = np.array(settings.age_bands)
        band = Shares([settings.women_first_age, settings.men_first_age]).draw(male.astype(np.int64), rng)
        age = bands[band] + rng.random(len(male)) * np.diff(bands)[band]
        return Lives(male, entry - np.floor(age * YEAR).astype(np.int64), home, entry)

    def live(self, lives: Lives, rng: np.random.Generator) -> Occasions:
        """Whole careers without the programme."""
        return self.simulation.live(lives, rng)

    def candidates(
        self, lives: Lives, histories: Occasions, kinds: Sequence[str], days: tuple[int, int]
    ) -> pl.DataFrame:
        """Events from which people may join; see `candidates.candidates`."""
        window = (days[0], min(days[1], self.last_day))
        groups = self.simulation.ogrs3.groups
        return candidates(
            lives, histories, groups=groups, regions=self.regions, kinds=tuple(kinds), days=window
        )

    def take(self, histories: Occasions, people: NDArray[np.bool_]) -> Occasions:
        """The histories of these people only, renumbered."""
        renumbered = np.cumsum(people) - 1
        kept = histories.take(people[histories.person])
        return kept.with_person(renumbered[kept.person])

    def join(self, parts: Sequence[Occasions], people: Sequence[int]) -> Occasions:
        """Histories of several groups of so many people each, as one group."""
        offsets = np.cumsum([0, *people[:-1]])
        return join([p.with_person(p.person + o) for p, o in zip(parts, offsets, strict=True)])

    def join_lives(self, parts: Sequence[Lives]) -> Lives:
        """Several groups of people as one."""
        return Lives(
            *(np.concatenate([getattr(p, f) for p in parts]) for f in ("male", "born", "home", "entry"))
        )

    def take_part(
        self,
        lives: Lives,
        histories: Occasions,
        chosen: pl.DataFrame,
        *,
        effect: float,
        replicates: int,
        seed: int,
        rng: np.random.Generator,
    ) -> tuple[Occasions, pl.DataFrame, float]:
        """Histories with the programme's effect, and the truth about it.

        Parameters
        ----------
        chosen
            One row for each of the `lives`, in order: `person`, `event`, `start_day`.
        effect
            Mean difference in the one-year rate wanted among those analysed.

        Returns
        -------
        tuple
            The new histories; a frame with `person, p0, p1, e0, e1, before_start, too_recent`; the
            hazard ratio.
        """
        at, past = self._at(histories, chosen)
        start = chosen["start_day"].to_numpy()
        onset = np.maximum(start - at.index_day - 1, 0)
        hazard = rng.exponential(size=len(at))
        reached = self.simulation.next_offence(lives, at, hazard, None)
        in_time = reached >= start
        recent = months_later(at.index_day, self.months + self.settle_months) > self.last_day
        replicas = Replicas(self.simulation, lives, at, onset, months=self.months, settle=self.settle_months)
        ratio = replicas.ratio_for(effect, in_time & ~recent, seed)
        future = self.simulation.after(lives, at, rng, hazard=hazard, help=Help(onset, ratio))
        without = replicas.year(1.0, replicates, seed)
        with_it = without if ratio == 1.0 else replicas.year(ratio, replicates, seed)
        truth = pl.DataFrame(
            {
                "person": chosen["person"],
                "p0": without.rate,
                "p1": with_it.rate,
                "e0": without.reoffences,
                "e1": with_it.reoffences,
                "before_start": ~in_time,
                "too_recent": recent,
            }
        )
        return join([past, *future]), truth, ratio

    def events(self, person_id: pl.Series, histories: Occasions, chosen: pl.DataFrame) -> pl.DataFrame:
        """`person`, `event_id`, `conviction_date` and `holds_prison_id` (ever in custody by then)."""
        at, _ = self._at(histories, chosen)
        return pl.DataFrame(
            {
                "person": at.person,
                "event_id": disposal_ids(person_id, at),
                "conviction_date": dates(at.disposal_day),
                "holds_prison_id": (at.custodies > 0) | (at.kind == CUSTODY),
            }
        )

    def holders(self, histories: Occasions, people: int) -> dict[str, NDArray[np.bool_]]:
        """Prison numbers are for those who were ever in custody by the last day."""
        custody = (histories.kind == CUSTODY) & (histories.disposal_day <= self.last_day)
        return {"prison_id": np.bincount(histories.person[custody], minlength=people) > 0}

    def tables(
        self, person_id: pl.Series, lives: Lives, histories: Occasions, rng: np.random.Generator
    ) -> dict[str, pl.DataFrame]:
        """The tables that this model fills, as the department would hold them on the last day."""
        known = histories.take(histories.disposal_day <= self.last_day)
        order = np.lexsort((known.earlier, known.person))
        known = known.take(order)
        return {
            "disposals": disposals(person_id, known, self.regions, self.last_day),
            "offences": offences(person_id, lives, known, self.simulation.offending, rng),
        }

    def _at(self, histories: Occasions, chosen: pl.DataFrame) -> tuple[Occasions, Occasions]:
        """The chosen events in the order of the people, and everything up to and with them."""
        number = np.zeros(len(chosen), dtype=np.int64)
        number[chosen["person"].to_numpy()] = chosen["event"].to_numpy()
        here = histories.earlier == number[histories.person]
        at = histories.take(here)
        past = histories.take(histories.earlier <= number[histories.person])
        return at.take(np.argsort(at.person, kind="stable")), past
