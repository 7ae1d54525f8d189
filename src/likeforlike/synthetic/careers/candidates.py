"""Index events from which people may join the programme, with what the lab's covariates know about them."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.synthetic.calendar import quarters
from likeforlike.synthetic.careers.occasions import CUSTODY, KINDS, Lives, Occasions
from likeforlike.synthetic.careers.waiting import YEAR


def candidates(
    lives: Lives,
    occasions: Occasions,
    *,
    groups: tuple[str, ...],
    regions: tuple[str, ...],
    kinds: tuple[str, ...],
    days: tuple[int, int],
) -> pl.DataFrame:
    """Events of these kinds with an index day from the first to the second of `days`.

    Returns
    -------
    polars.DataFrame
        `person`, `event` (which of the person's events), `index_day`, `free_from` (the first day in custody,
        null without custody) and one column for each covariate that the model knows, named as in
        `covariates.toml`; sorted by person and index day.
    """
    allowed = np.isin(occasions.kind, [KINDS.index(k) for k in kinds])
    in_time = (occasions.index_day >= days[0]) & (occasions.index_day <= days[1])
    row = np.flatnonzero(allowed & in_time & ~occasions.breach)
    at = occasions.take(row)
    kind = pl.Series(KINDS).gather(at.kind)
    length = pl.Series(at.custody_days)
    since_first = np.maximum(at.disposal_day - at.first_day, 0) / YEAR
    frame = pl.DataFrame(
        {
            "event": at.earlier,
            "person": at.person,
            "index_day": at.index_day,
            "free_from": at.disposal_day,
            "sex": np.where(lives.male[at.person], "male", "female"),
            "age_at_index": (at.index_day - lives.born[at.person]) / YEAR,
            "age_at_first_sanction": (at.first_day - lives.born[at.person]) / YEAR,
            "kind": kind,
            "length": length,
            "index_offence": pl.Series(groups).gather(at.group),
            "copas_rate": np.log((1 + at.earlier) / (10 + since_first)),
            "no_previous": at.earlier == 0,
            "previous_sanctions": at.earlier,
            "previous_custody": at.custodies,
            "previous_orders": at.orders,
            "region": pl.Series(regions).gather(at.region),
            "index_quarter": quarters(at.index_day),
        }
    )
    custody = pl.col("kind") == KINDS[CUSTODY]
    index_kind = (
        pl.when(custody & (pl.col("length") < 365))
        .then(pl.lit("custody under 12 months"))
        .when(custody)
        .then(pl.lit("custody 12 months or more"))
        .otherwise("kind")
        .alias("index_kind")
    )
    free_from = pl.when(custody).then("free_from").alias("free_from")
    return frame.with_columns(index_kind, free_from).drop("kind", "length").sort("person", "index_day")
