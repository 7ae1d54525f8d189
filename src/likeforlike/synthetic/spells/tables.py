"""Spells as the department's tables."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.synthetic.calendar import dates
from likeforlike.synthetic.draws import Shares
from likeforlike.synthetic.spells.lives import Floats, Lives, Spells
from likeforlike.synthetic.spells.settings import OWN_TERMS, Cell, SpellSettings


def people_columns(lives: Lives, settings: SpellSettings, regions: tuple[str, ...]) -> pl.DataFrame:
    """What the model adds to the table `people`: the home region and the traits."""
    told = {name: lives.traits[:, i] for i, name in enumerate(settings.trait)}
    home = {settings.home: pl.Series(regions).gather(lives.home)} if settings.home else {}
    return pl.DataFrame({**home, **told})


def spell_tables(
    person_id: pl.Series,
    lives: Lives,
    spells: Spells,
    settings: SpellSettings,
    last_day: int,
    rng: np.random.Generator,
) -> dict[str, pl.DataFrame]:
    """The tables of spells: a row a spell begun by the last day, with its own last day unless it goes on."""
    known = spells.take(spells.start <= last_day).sorted()
    terms = lives.take(known.person).terms(known.start)
    rows = pl.DataFrame(
        {
            "person": known.person,
            "person_id": person_id.gather(known.person),
            "start": dates(known.start),
            "end": dates(known.stop.clip(max=last_day + 1) - 1),
        }
    ).with_columns(pl.when(pl.Series(known.stop <= last_day)).then("end").alias("end"))
    made: dict[str, list[pl.DataFrame]] = {name: [] for name in settings.table}
    for place, state in enumerate(settings.state.values()):
        here = known.state == place
        if state.table is not None:
            cells = {n: _cell(c, terms[here], tuple(settings.trait), rng) for n, c in state.column.items()}
            made[state.table].append(rows.filter(pl.Series(here)).with_columns(**cells))
    return {name: _numbered(parts, settings, name) for name, parts in made.items()}


def _numbered(parts: list[pl.DataFrame], settings: SpellSettings, name: str) -> pl.DataFrame:
    """The rows of a table with their own numbers, sorted by person and time."""
    table = settings.table[name]
    rows = pl.concat(parts, how="diagonal").sort("person", "start")
    nth = pl.int_range(1, pl.len() + 1).over("person").cast(pl.String).str.zfill(3)
    number = pl.col("person_id").str.replace("P", name[0].upper(), literal=True) + "-" + nth
    return (
        rows.with_columns(number.alias(table.key))
        .rename({"start": table.start, "end": table.end})
        .drop("person")
    )


def _cell(cell: Cell, terms: Floats, traits: tuple[str, ...], rng: np.random.Generator) -> pl.Series:
    """The values of a further column, a row a spell."""
    size = len(terms)
    names = (*OWN_TERMS, *traits)
    moved = terms @ np.array([cell.terms.get(name, 0.0) for name in names])
    if cell.codes:
        place = Shares(list(cell.codes.values())).draw(np.zeros(size, dtype=np.int64), rng)
        return pl.Series(list(cell.codes), dtype=pl.String).gather(place)
    if cell.median is not None:
        drawn = cell.median * np.exp(cell.spread * rng.standard_normal(size) + moved)
        return pl.Series(np.round(drawn, cell.decimals))
    share = cell.share or 0.0
    odds = share / max(1 - share, 1e-9) * np.exp(moved)
    return pl.Series(rng.random(size) < odds / (1 + odds))
