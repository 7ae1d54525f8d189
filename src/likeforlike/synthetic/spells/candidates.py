"""Months from which people may join a programme, with what a lab can know about them on the first day."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.calendar import dates, months_later, quarters
from likeforlike.synthetic.spells.lives import YEAR, Days, Lives, Spells, totals
from likeforlike.synthetic.spells.settings import SpellSettings


def candidates(
    lives: Lives,
    spells: Spells,
    settings: SpellSettings,
    *,
    regions: tuple[str, ...],
    kinds: tuple[str, ...],
    days: tuple[int, int],
) -> pl.DataFrame:
    """One month a person, drawn from those between the first and the second of `days`, where it is in some states.

    Returns
    -------
    polars.DataFrame
        `person`, `event` and `index_day` (both the first day of the month), `free_from` (null), `sex`,
        `age_at_index`, `region`, `index_quarter`, `status` (the state then), the traits as 0 and 1, and for each state
        `STATE_days` and `STATE_spells` (begun) of the months that joining looks back on.
    """
    names = tuple(settings.state)
    first = _first_days(days)
    day = first[np.floor(lives.chance * len(first)).astype(np.int64)]
    age = (day - lives.born) / YEAR
    here = spells.on(day)
    status = np.full(len(day), -1)
    status[spells.person[here]] = spells.state[here]
    allowed = np.isin(status, [names.index(kind) for kind in kinds]) & (age < settings.oldest)
    person = np.flatnonzero(allowed)
    known: dict[str, object] = {
        "person": person,
        "event": day[person],
        "index_day": day[person],
        "free_from": pl.Series([None] * len(person), dtype=pl.Int64),
        "sex": np.where(lives.male[person], "male", "female"),
        "age_at_index": age[person],
        "region": pl.Series(regions).gather(lives.home[person]),
        "index_quarter": quarters(day[person]),
        "status": pl.Series(names).gather(status[person]),
    }
    known |= {name: lives.traits[person, i].astype(np.float64) for i, name in enumerate(settings.trait)}
    before = months_later(day, -settings.look_back)
    for name, told in past(spells, before, day, names).items():
        known[name] = told[person]
    return pl.DataFrame(known)


def past(spells: Spells, first: Days, last: Days, names: tuple[str, ...]) -> dict[str, NDArray[np.float64]]:
    """Days in each state and spells of it begun, by person, from the first day to the one before the last."""
    people = len(first)
    days = spells.days_between(first[spells.person], last[spells.person])
    begun = (spells.start >= first[spells.person]) & (spells.start < last[spells.person])
    told: dict[str, NDArray[np.float64]] = {}
    for place, name in enumerate(names):
        here = spells.state == place
        person = spells.person[here]
        told[f"{name}_days"] = totals(person, days[here], people)
        told[f"{name}_spells"] = totals(person, begun[here], people)
    return told


def _first_days(days: tuple[int, int]) -> Days:
    """The first days of the months between two days."""
    first, last = dates(np.array(days))
    months = pl.date_range(first, last, "1mo", eager=True).dt.month_start().unique().sort()
    inside = months.filter((months >= first) & (months <= last))
    return inside.cast(pl.Int32).to_numpy().astype(np.int64)
