"""The groups by which linkage quality is looked at: who belongs to which level of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.labs.definition import Lab, QualityGroup
from likeforlike.linkage.names import PERSON

if TYPE_CHECKING:
    from likeforlike.records.register import Register

EVERYONE = "Everyone"
MISSING = "not given"
GIVEN = "given"


Recorded = Mapping[str, pl.DataFrame]
"""By place in the records, such as `people.ethnicity`: `person_id, level`."""


def grouped(
    lab: Lab, both: pl.DataFrame, vintage: date, recorded: Recorded
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Each group's label and the people it divides, with their `level`, `released` and `recorded`.

    Parameters
    ----------
    lab
        Whose groups are meant; everyone comes first, with an empty level.
    both
        The cohort's people with the `person_id` of those found.
    vintage
        The date of the extract, on which people have their age.
    recorded
        What `recorded_levels` gives for those found.
    """
    yield EVERYONE, _marked(both, pl.lit(""), released=True)
    for name in lab.linkage.groups:
        yield lab.columns.get(name).label, _marked(both, _value(name), released=True)
    for group in lab.linkage.staff_groups:
        if group.recorded is not None:
            found = both.filter(pl.col(PERSON).is_not_null())
            known = found.join(recorded[group.recorded], on=PERSON, how="left")
            level = pl.col("level").str.to_titlecase().fill_null(MISSING)
            yield group.label, _marked(known, level, released=False, recorded=True)
        else:
            yield group.label, _marked(both, _level(group, vintage), released=False)


def recorded_levels(lab: Lab, persons: pl.Series, register: Register) -> Recorded:
    """What the records say of some persons in each group by what is recorded."""
    places = [group.recorded for group in lab.linkage.staff_groups if group.recorded is not None]
    return {place: _recorded(place, lab, persons, register) for place in places}


def _marked(people: pl.DataFrame, level: pl.Expr, *, released: bool, recorded: bool = False) -> pl.DataFrame:
    return people.with_columns(level=level, released=pl.lit(released), recorded=pl.lit(recorded))


def _value(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.to_titlecase().fill_null(MISSING)


def _level(group: QualityGroup, vintage: date) -> pl.Expr:
    name = str(group.column)
    if group.by == "given":
        return pl.when(pl.col(name).is_null()).then(pl.lit(MISSING)).otherwise(pl.lit(GIVEN))
    if group.by == "initial":
        return pl.col(name).str.normalize("NFD").str.slice(0, 1).str.to_uppercase().fill_null(MISSING)
    if group.by == "age":
        years = _age(pl.col(name), vintage)
        place = pl.sum_horizontal(years >= age for age in group.ages)
        band = place.replace_strict(dict(enumerate(_bands(group.ages))), return_dtype=pl.String)
        return pl.when(pl.col(name).is_not_null()).then(band).otherwise(pl.lit(MISSING))
    return _value(name)


def _age(born: pl.Expr, day: date) -> pl.Expr:
    to_come = (born.dt.month() > day.month) | ((born.dt.month() == day.month) & (born.dt.day() > day.day))
    return day.year - born.dt.year() - to_come.cast(pl.Int32)


def _bands(ages: tuple[int, ...]) -> list[str]:
    between = [f"{a} to {b - 1}" for a, b in pairwise(ages)]
    return [f"under {ages[0]}", *between, f"{ages[-1]} and over"]


def _recorded(place: str, lab: Lab, persons: pl.Series, register: Register) -> pl.DataFrame:
    table, _, column = place.partition(".")
    key = lab.records.get(table).key[0]
    sql = f'select {key} as {PERSON}, cast({column} as varchar) as level from "{table}" semi join found using ({key})'
    return register.query(sql, found=pl.DataFrame({key: persons}))
