"""People as the department's tables of people and names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.people.identifiers import Identifier
from likeforlike.synthetic.people.settings import PeopleSettings

BIRTH = pl.col("born").cast(pl.Int32).cast(pl.Date).alias("date_of_birth")


def people_table(people: pl.DataFrame) -> pl.DataFrame:
    """The table `people`."""
    return people.select("person_id", "sex", BIRTH, "ethnicity", "nationality")


def names_table(
    people: pl.DataFrame,
    identifiers: tuple[Identifier, ...],
    holders: Mapping[str, NDArray[np.bool_]],
    settings: PeopleSettings,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """The table `names`: a main record each, and a second for some.

    Parameters
    ----------
    holders
        Who has an identifier at all, where that is not everybody.
    """
    held = [pl.when(pl.Series(mask)).then(name).alias(name) for name, mask in holders.items()]
    main = people.with_row_index("order").with_columns(*held, record=pl.lit("1"))
    second = main.filter(pl.col("second_surname").is_not_null()).with_columns(
        pl.lit("2").alias("record"),
        *(pl.col(f"second_{c}").alias(c) for c in ("forename", "surname", "born", "postcode")),
    )
    records = pl.concat([main, second]).sort("order", "record")
    size = len(records)
    known = {name: pl.Series(rng.random(size) < share) for name, share in settings.identifiers.items()}
    postcode = pl.Series(rng.random(size) < settings.postcode)
    everyone = pl.lit(True)
    return records.select(
        (pl.col("person_id").str.replace("P", "N", literal=True) + "-" + pl.col("record")).alias("name_id"),
        "person_id",
        "forename",
        "surname",
        BIRTH,
        "sex",
        pl.when(postcode).then("postcode").alias("postcode"),
        *(pl.when(known.get(i.name, everyone)).then(i.name).alias(i.recorded) for i in identifiers),
    )
