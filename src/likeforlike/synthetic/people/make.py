"""Makes people: first what their lives depend on, then everything the records say of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.calendar import years_of
from likeforlike.synthetic.dirt import misspelt
from likeforlike.synthetic.people.identifiers import person_ids
from likeforlike.synthetic.people.read import World
from likeforlike.synthetic.people.settings import PeopleSettings

MARRIED_NAME = {True: 0.10, False: 0.40}
"""Share of second name records with another surname, by whether the person is a man."""
SHORT_NAME = 0.35
SPELLING = 0.30


@dataclass(frozen=True, slots=True)
class Roots:
    """Sex, home region and origin, and who is the first of each household."""

    male: NDArray[np.bool_]
    home: NDArray[np.int64]
    origin: NDArray[np.int64]
    head: NDArray[np.int64]


def roots(size: int, settings: PeopleSettings, world: World, rng: np.random.Generator) -> Roots:
    """Draw `size` people; members of a household share its origin and region."""
    member = rng.random(size) < settings.household
    member[:1] = False
    head = np.maximum.accumulate(np.where(member, 0, np.arange(size)))
    row = np.zeros(size, dtype=np.int64)
    return Roots(
        male=rng.random(size) < settings.male,
        home=world.places.regions.draw(row, rng)[head],
        origin=world.names.origins.draw(row, rng)[head],
        head=head,
    )


def describe(
    index: NDArray[np.int64],
    root: Roots,
    *,
    born: NDArray[np.int64],
    settings: PeopleSettings,
    world: World,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """What the records say of people, one row each.

    Parameters
    ----------
    index
        Numbers of the people in the whole twin.
    born
        Days of birth.

    Returns
    -------
    polars.DataFrame
        `person_id, sex, born, ethnicity, nationality, forename, surname, postcode`, the world's identifiers and,
        for people with a second name record, `second_forename, second_surname, second_born,
        second_postcode`.
    """
    size = len(index)
    names = world.names
    ethnicity = pl.Series(names.ethnicity).gather(names.ethnicities.draw(root.origin, rng))
    unknown = pl.Series(rng.random(size) < settings.unknown_ethnicity)
    uk = pl.Series(rng.random(size) < names.uk[root.origin])
    year = years_of(born)
    main = pl.DataFrame(
        {
            "person_id": person_ids(index),
            "sex": np.where(root.male, "male", "female"),
            "born": born,
            "ethnicity": ethnicity,
            "nationality": np.where(uk, "uk", "other"),
            "forename": names.draw_forenames(root.origin, root.male, year, rng),
            "surname": names.draw_surnames(root.origin, rng).gather(root.head),
            "postcode": world.places.draw_postcodes(root.home, rng).gather(root.head),
            **{identifier.name: identifier.values(index, year) for identifier in world.identifiers},
        }
    ).with_columns(pl.when(unknown).then(pl.lit("unknown")).otherwise("ethnicity").alias("ethnicity"))
    return main.hstack(_second_names(main, root, settings, world, rng))


def _second_names(
    main: pl.DataFrame, root: Roots, settings: PeopleSettings, world: World, rng: np.random.Generator
) -> pl.DataFrame:
    """Maiden names, nicknames, other spellings, earlier addresses and birth dates."""
    size = len(main)
    second = rng.random(size) < settings.alias
    married = rng.random(size) < np.where(root.male, MARRIED_NAME[True], MARRIED_NAME[False])
    short = rng.random(size) < SHORT_NAME
    spelling = rng.random(size) < SPELLING
    moved = rng.random(size) < settings.moved
    other_day = rng.random(size) < settings.other_birth_date
    shift = rng.choice(np.array([-365, -31, -10, -2, -1, 1, 2, 10, 31, 365]), size)
    surname = world.names.draw_surnames(root.origin, rng).zip_with(pl.Series(married), main["surname"])
    surname = misspelt(surname, spelling & ~married, rng)
    nickname = world.names.nickname(main["forename"], rng)
    forename = nickname.zip_with(pl.Series(short) & nickname.is_not_null(), main["forename"])
    postcode = world.places.draw_postcodes(root.home, rng).zip_with(pl.Series(moved), main["postcode"])
    frame = pl.DataFrame(
        {
            "second_forename": forename,
            "second_surname": surname,
            "second_born": main["born"] + pl.Series(np.where(other_day, shift, 0)),
            "second_postcode": postcode,
        }
    )
    return frame.select(pl.when(pl.Series(second)).then(pl.all()))
