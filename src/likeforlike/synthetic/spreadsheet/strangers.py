"""People on the provider's list who are not in the records, some of them siblings of people who are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from likeforlike.synthetic.people import World, describe, roots
from likeforlike.synthetic.people.settings import PeopleSettings

YOUNGEST = 12 * 366


def strangers(
    participants: pl.DataFrame,
    count: int,
    *,
    siblings: float,
    settings: PeopleSettings,
    world: World,
    unlisted: Sequence[str],
    first_index: int,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """`count` people with the dates of participants drawn at random, and with `person_id` null.

    A share of `siblings` have the surname and postcode of the participant whose dates they have. Nobody has the
    `unlisted` identifiers: they come with an entry in the records.
    """
    model = participants[rng.integers(0, len(participants), count)]
    root = roots(count, settings, world, rng)
    started = model["start_date"].cast(pl.Int32).to_numpy()
    born = np.minimum(model["born"].to_numpy() + rng.integers(-3000, 3000, count), started - YOUNGEST)
    index = np.arange(first_index, first_index + count)
    drawn = describe(index, root, born=born, settings=settings, world=world, rng=rng)
    related = pl.Series(rng.random(count) < siblings)
    dates = ("index_date", "conviction_date", "start_date", "end_date")
    made = drawn.with_columns(
        pl.lit(None, pl.String).alias("person_id"),
        *(pl.lit(None, pl.String).alias(name) for name in unlisted),
        *(drawn[c].zip_with(~related, model[c]) for c in ("surname", "postcode")),
        *(model[c] for c in dates),
    )
    return made.select(participants.columns)
