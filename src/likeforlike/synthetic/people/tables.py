"""People as the department's tables of people and names."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.synthetic.people.settings import PeopleSettings

BIRTH = pl.col("born").cast(pl.Int32).cast(pl.Date).alias("date_of_birth")


def people_table(people: pl.DataFrame) -> pl.DataFrame:
    """The table `people`."""
    return people.select("person_id", "sex", BIRTH, "ethnicity", "nationality")


def names_table(
    people: pl.DataFrame, in_custody: NDArray[np.bool_], settings: PeopleSettings, rng: np.random.Generator
) -> pl.DataFrame:
    """The table `names`: a main record each, and a second for some; only prisoners have a prison number."""
    prison = pl.when(pl.Series(in_custody)).then("prison_id").alias("prison_id")
    main = people.with_row_index("order").with_columns(prison, record=pl.lit("1"))
    second = main.filter(pl.col("second_surname").is_not_null()).with_columns(
        pl.lit("2").alias("record"),
        *(pl.col(f"second_{c}").alias(c) for c in ("forename", "surname", "born", "postcode")),
    )
    records = pl.concat([main, second]).sort("order", "record")
    size = len(records)
    pnc = pl.Series(rng.random(size) < settings.pnc_id)
    postcode = pl.Series(rng.random(size) < settings.postcode)
    return records.select(
        (pl.col("person_id").str.replace("P", "N", literal=True) + "-" + pl.col("record")).alias("name_id"),
        "person_id",
        "forename",
        "surname",
        BIRTH,
        "sex",
        pl.when(postcode).then("postcode").alias("postcode"),
        pl.when(pnc).then("pnc_id").alias("pnc_id"),
        "prison_id",
    )
