"""From the people who took part to the rows that the provider lists, mistakes and all."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.synthetic.dirt import day_for_month, exchanged, misspelt, mistyped_digit
from likeforlike.synthetic.people import World
from likeforlike.synthetic.people.names import Names
from likeforlike.synthetic.programme.settings import ProgrammeSettings, Sheet

SHORT = {"male": "M", "female": "F"}
WRONG_DAYS = np.array([-3653, -365, -31, -10, -1, 1, 10, 31, 366, 3652])
"""How far a wrong birth date is from the right one: a digit of the day, the month or the year."""
OFF_SHARE = 0.1
"""Share of index dates that are some days off."""
LONG = {"male": "Male", "female": "Female"}


def as_listed(
    people: pl.DataFrame, programme: ProgrammeSettings, world: World, rng: np.random.Generator
) -> pl.DataFrame:
    """One row for each person and a few twice, shuffled.

    Parameters
    ----------
    people
        What is true: `person_id` (null for people not in the records), `sex, born, forename, surname,
        postcode, second_surname, second_postcode, index_date, conviction_date, start_date, end_date` and the
        identifiers.

    Returns
    -------
    polars.DataFrame
        `person_id`, then the columns of the lab's `columns.toml` that the provider fills, and `notes`.
    """
    sheet = programme.sheet
    identifiers = [identifier.name for identifier in world.identifiers]
    rows = _names(people, sheet, world.names, rng)
    rows = _dates(rows, sheet, rng)
    rows = _numbers(rows, identifiers, sheet, rng)
    size = len(rows)
    long = pl.Series(rng.random(size) < 0.3)
    sex = pl.col("sex")
    rows = rows.select(
        "person_id",
        "forename",
        "surname",
        "date_of_birth",
        pl.when(long).then(sex.replace_strict(LONG)).otherwise(sex.replace_strict(SHORT)).alias("gender"),
        "postcode",
        *identifiers,
        "index_date",
        "conviction_date",
        pl.col("start_date").alias("intervention_start"),
        pl.col("end_date").alias("intervention_end"),
        pl.Series("reference", programme.sites).gather(rng.integers(0, len(programme.sites), size)),
        pl.Series("notes", sheet.notes).gather(rng.integers(0, len(sheet.notes), size)),
    )
    twice = rows.filter(pl.Series(rng.random(size) < sheet.duplicates))
    both = pl.concat([rows, twice])
    return both[rng.permutation(len(both))]


def _names(people: pl.DataFrame, sheet: Sheet, names: Names, rng: np.random.Generator) -> pl.DataFrame:
    size = len(people)

    def some(share: float) -> np.typing.NDArray[np.bool_]:
        return rng.random(size) < share

    nickname = names.nickname(people["forename"], rng)
    short = pl.Series(some(sheet.nickname)) & nickname.is_not_null()
    forename = nickname.zip_with(short, people["forename"]).rename("forename")
    other = pl.Series(some(sheet.other_surname)) & people["second_surname"].is_not_null()
    surname = people["second_surname"].zip_with(other, people["surname"]).rename("surname")
    old = pl.Series(some(sheet.other_surname)) & people["second_postcode"].is_not_null()
    postcode = people["second_postcode"].zip_with(old, people["postcode"]).rename("postcode")
    forename = misspelt(forename, some(sheet.typo), rng)
    surname = misspelt(surname, some(sheet.typo), rng)
    forename, surname = exchanged(forename, surname, some(sheet.swapped_names))
    shout = pl.Series(some(sheet.upper_case))
    wrong = np.where(some(sheet.wrong_date), rng.choice(WRONG_DAYS, size), 0)
    born = (people["born"] + pl.Series(wrong)).cast(pl.Int32).cast(pl.Date)
    return people.with_columns(
        forename.str.to_uppercase().zip_with(shout, forename),
        surname.str.to_uppercase().zip_with(shout, surname),
        pl.when(~pl.Series(some(sheet.no_postcode))).then(postcode).alias("postcode"),
        day_for_month(born, some(sheet.swapped_date)).alias("date_of_birth"),
    )


def _dates(rows: pl.DataFrame, sheet: Sheet, rng: np.random.Generator) -> pl.DataFrame:
    """Most rows have the index date, some only the conviction or the start; always at least one."""
    u = pl.Series(rng.random(len(rows)))
    only_conviction = u < sheet.only_conviction
    only_start = (u >= sheet.only_conviction) & (u < sheet.only_conviction + sheet.only_start)
    too = pl.Series(rng.random(len(rows)) < sheet.conviction_too)
    days = rng.integers(-sheet.index_off_by, sheet.index_off_by + 1, len(rows))
    off = pl.Series(np.where(rng.random(len(rows)) < OFF_SHARE, days, 0)).cast(pl.Int32)
    index_date = (pl.col("index_date").cast(pl.Int32) + off).cast(pl.Date)
    return rows.with_columns(
        pl.when(~(only_conviction | only_start)).then(index_date).alias("index_date"),
        pl.when(only_conviction | (too & ~only_start)).then("conviction_date").alias("conviction_date"),
        pl.when(~only_conviction).then("start_date").alias("start_date"),
        pl.when(~only_conviction).then("end_date").alias("end_date"),
    )


def _numbers(
    rows: pl.DataFrame, identifiers: list[str], sheet: Sheet, rng: np.random.Generator
) -> pl.DataFrame:
    """Identifiers where the provider has them, a few mistyped."""
    size = len(rows)
    typed = {
        name: mistyped_digit(rows[name], rng.random(size) < sheet.wrong_identifier, rng)
        for name in identifiers
    }
    shares = {name: sheet.identifiers.get(name, 0.0) for name in identifiers}
    return rows.with_columns(
        pl.when(pl.Series(rng.random(size) < shares[name])).then(typed[name]).alias(name)
        for name in identifiers
    )
